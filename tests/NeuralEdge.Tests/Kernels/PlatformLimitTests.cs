using Mono.Cecil;
using NeuralEdge.Tests.DeviceSurface;

namespace NeuralEdge.Tests.Kernels;

/// <summary>Limits of the device's assemblies that no device tool reports: numbers are cut to their field's width.</summary>
[TestClass]
public sealed class PlatformLimitTests
{
    private static IEnumerable<MethodDefinition> Methods =>
        DeviceAssembly.Core().Module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody);

    [TestMethod]
    public void NoMethodHasMoreLocalsThanAByteCounts() =>
        Findings.AssertNone(
            "more than 255 locals",
            Methods.Where(method => method.Body.Variables.Count > 255).Select(method => method.FullName));

    [TestMethod]
    public void TheCoreFitsTheSixteenBitsOfItsCodeAddresses()
    {
        int bytes = Methods.Sum(method => method.Body.CodeSize);
        Assert.IsLessThan(65_536, bytes);
    }
}
