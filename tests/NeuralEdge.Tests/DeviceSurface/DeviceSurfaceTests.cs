using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NeuralEdge.Tests.DeviceSurface;

/// <summary>What the compiler lets pass in device sources and the device does not run.</summary>
[TestClass]
public sealed class DeviceSurfaceTests
{
    [TestMethod]
    public void TheSharedAssembliesUseOnlyWhatTheDeviceRunsAndNoFloatingPoint() => AssertClean("shared/", new SurfaceScan(refuseMutableStatics: true, refuseFloatingPoint: true));

    [TestMethod]
    public void TheFirmwareUsesOnlyWhatTheDeviceRuns() => AssertClean("firmware/", new SurfaceScan(refuseMutableStatics: true, refuseFloatingPoint: false));

    // The device's runner makes no instance of a test class: a static field is the way to keep something there.
    [TestMethod]
    public void TheDeviceTestsUseOnlyWhatTheDeviceRuns() => AssertClean("tests/", new SurfaceScan(refuseMutableStatics: false, refuseFloatingPoint: false));

    // An exported network has a static table.
    [TestMethod]
    public void TheBenchmarkProgramUsesOnlyWhatTheDeviceRuns() => AssertClean("tools/", new SurfaceScan(refuseMutableStatics: false, refuseFloatingPoint: false));

    [TestMethod]
    public void NoDeviceTestNeedsAnInstance()
    {
        // The device's runner calls a test method without one, so that a field or another method of it is out of reach.
        Violations.AssertNone(
            "test methods that use 'this'",
            DeviceBuild.Of("tests/NeuralEdge.DeviceTests/NeuralEdge.DeviceTests.nfproj", optimised: true).Types
                .SelectMany(type => type.Methods)
                .Where(method => method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "TestMethodAttribute"))
                .Where(method => method.Body.Instructions.Any(instruction => instruction.OpCode.Code == Code.Ldarg_0) || method.IsStatic || !method.IsPublic)
                .Select(method => method.FullName));
    }

    private static void AssertClean(string folder, SurfaceScan scan)
    {
        DeviceBuild[] builds = [.. DeviceBuild.All().Where(build => build.Project.Path.StartsWith(folder, StringComparison.Ordinal))];
        Assert.AreNotEqual(0, builds.Length, folder);
        foreach (DeviceBuild build in builds)
        {
            Violations.AssertNone($"{build.Project.Name} on the device", scan.Find(build.Module));
        }
    }
}
