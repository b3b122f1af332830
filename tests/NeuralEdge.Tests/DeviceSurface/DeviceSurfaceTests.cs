using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NeuralEdge.Tests.DeviceSurface;

/// <summary>Every type, member and language feature that the device sources use exists on the device.</summary>
[TestClass]
public sealed class DeviceSurfaceTests
{
    // The device addresses signatures and array initialisers of one assembly with 16 bits; some room is for signatures.
    private const int MaxInitialiserBytes = 60_000;
    private const int MaxCodeBytes = 65_536;
    private const int MaxLocals = 255;

    [TestMethod]
    public void TheCoreUsesOnlyWhatTheDeviceHasAndNoFloatingPoint()
    {
        foreach (DeviceAssembly assembly in new[] { DeviceAssembly.Network(), DeviceAssembly.Board(), DeviceAssembly.Turbo() })
        {
            AssertClean(new SurfaceScan(assembly.Api, refuseMutableStatics: true, refuseFloatingPoint: true), assembly);
        }
    }

    [TestMethod]
    public void TheFirmwareUsesOnlyWhatTheDeviceHas()
    {
        DeviceAssembly firmware = DeviceAssembly.Firmware();
        AssertClean(new SurfaceScan(firmware.Api, refuseMutableStatics: true, refuseFloatingPoint: false), firmware);
    }

    [TestMethod]
    public void TheDeviceTestsUseOnlyWhatTheDeviceHas()
    {
        // The device's runner makes no instance of a test class: a static field is the way to keep something there.
        DeviceAssembly tests = DeviceAssembly.Tests();
        AssertClean(new SurfaceScan(tests.Api, refuseMutableStatics: false, refuseFloatingPoint: false), tests);
    }

    [TestMethod]
    public void TheBenchmarkProgramUsesOnlyWhatTheDeviceHas()
    {
        // An exported network has a static table.
        DeviceAssembly benchmarks = DeviceAssembly.Benchmarks();
        AssertClean(new SurfaceScan(benchmarks.Api, refuseMutableStatics: false, refuseFloatingPoint: false), benchmarks);
    }

    [TestMethod]
    public void StandInsOfDeviceLibrariesOfferNothingThatTheDeviceDoesNotHave()
    {
        Violations.AssertNone("not on the device", new[] { DeviceAssembly.Firmware(), DeviceAssembly.Benchmarks(), DeviceAssembly.Tests() }.SelectMany(ExtraMembers));
    }

    [TestMethod]
    public void EachAssemblyFitsTheSixteenBitTablesOfTheDevice()
    {
        foreach (DeviceAssembly assembly in All())
        {
            TypeDefinition[] types = [.. assembly.OwnTypes.SelectMany(WithNested)];
            int initialisers = types.SelectMany(type => type.Fields).Sum(field => field.InitialValue.Length);
            int code = types.SelectMany(type => type.Methods).Where(method => method.HasBody).Sum(method => method.Body.CodeSize);
            Assert.IsLessThanOrEqualTo(MaxInitialiserBytes, initialisers, $"array initialisers of {assembly.Module.Name}");
            Assert.IsLessThanOrEqualTo(MaxCodeBytes, code, $"IL of {assembly.Module.Name}");
        }
    }

    // The device's tools cut the number of locals to a byte and say nothing.
    [TestMethod]
    public void NoMethodHasMoreLocalsThanAByteCounts() =>
        Violations.AssertNone(
            "more than 255 locals",
            All().SelectMany(assembly => assembly.OwnTypes).SelectMany(WithNested).SelectMany(type => type.Methods)
                .Where(method => method.HasBody && method.Body.Variables.Count > MaxLocals)
                .Select(method => method.FullName));

    [TestMethod]
    public void NoDeviceTestNeedsAnInstance()
    {
        // The device's runner calls a test method without one, so that a field or another method of it is out of reach.
        Violations.AssertNone(
            "test methods that use 'this'",
            DeviceAssembly.Tests().OwnTypes
                .SelectMany(type => type.Methods)
                .Where(method => method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "TestMethodAttribute"))
                .Where(method => method.Body.Instructions.Any(instruction => instruction.OpCode.Code == Code.Ldarg_0) || method.IsStatic || !method.IsPublic)
                .Select(method => method.FullName));
    }

    private static DeviceAssembly[] All() => [DeviceAssembly.Network(), DeviceAssembly.Board(), DeviceAssembly.Turbo(), DeviceAssembly.Firmware(), DeviceAssembly.Benchmarks(), DeviceAssembly.Tests()];

    private static void AssertClean(SurfaceScan scan, DeviceAssembly assembly)
    {
        TypeDefinition[] types = [.. assembly.OwnTypes];
        Assert.AreEqual(assembly.Project.Sources.Count > 0, types.Length > 0, $"{assembly.Module.Name} holds what its sources hold");
        Violations.AssertNone($"{assembly.Module.Name} on the device", scan.Find(types));
    }

    private static IEnumerable<string> ExtraMembers(DeviceAssembly assembly)
    {
        foreach (TypeDefinition type in assembly.StandIns)
        {
            if (!assembly.Api.HasType(type.FullName))
            {
                yield return $"type {type.FullName}";
                continue;
            }

            // Members that are not public are the simulator's business; those that the firmware uses are looked up above.
            // What a constructor of an attribute takes besides is filled in by the compiler.
            foreach (MethodDefinition method in type.Methods.Where(method => method.IsPublic && !IsConstructorOf(method, "Attribute")))
            {
                string signature = $"{type.FullName}::{method.Name}({string.Join(',', method.Parameters.Select(parameter => parameter.ParameterType.FullName))})";
                if (!assembly.Api.Returns(signature).Contains(method.ReturnType.FullName))
                {
                    yield return $"method {signature} {method.ReturnType.FullName}";
                }
            }

            foreach (FieldDefinition field in type.Fields.Where(field => field.IsPublic && !field.IsSpecialName))
            {
                string signature = $"{type.FullName}::{field.Name}";
                string value = field.HasConstant ? $"{field.FieldType.FullName} = {field.Constant}" : field.FieldType.FullName;
                if (assembly.Api.Field(signature) != value)
                {
                    yield return $"field {signature} {value}";
                }
            }
        }
    }

    private static bool IsConstructorOf(MethodDefinition method, string suffix) =>
        method.IsConstructor && method.DeclaringType.Name.EndsWith(suffix, StringComparison.Ordinal);

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);
}
