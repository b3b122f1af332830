using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NeuralEdge.Tests.DeviceSurface;

/// <summary>The scan finds what is planted for it, and nothing in what the device can run.</summary>
[TestClass]
public sealed class SurfaceScanTests
{
    private static readonly DeviceApi Api = new(["mscorlib", "nanoFramework.System.IO.Hashing"]);

    private static readonly ModuleDefinition Module = ModuleDefinition.ReadModule(typeof(SurfaceScanTests).Assembly.Location);

    [TestMethod]
    [DataRow("GenericType`1", "generic type")]
    [DataRow("GenericMethod", "generic method")]
    [DataRow("GenericCall", "call of the generic method System.Array::Empty")]
    [DataRow("GenericField", "generic type System.Collections.Generic.List`1<System.Int32>")]
    [DataRow("NullableValue", "generic type System.Nullable`1<System.Int32>")]
    [DataRow("Tuple", "tuple System.ValueTuple`2<System.Int32,System.Int32>")]
    [DataRow("Matrix", "multi-dimensional array System.Int32[0...,0...]")]
    [DataRow("StackMemory", "localloc: unsafe code")]
    [DataRow("PointerParameter", "pointer System.Int32*")]
    [DataRow("Checked", "add.ovf: the interpreter ignores overflow checks")]
    [DataRow("CheckedCast", "conv.ovf.u1: the interpreter ignores overflow checks")]
    [DataRow("Async", "async method")]
    [DataRow("Iterator", "iterator method (yield)")]
    [DataRow("IWithBody", "interface method with a body")]
    [DataRow("MutableStatic", "static field that can change")]
    [DataRow("MutableStaticProperty", "static field that can change")]
    [DataRow("ReadOnlyStruct", "attribute System.Runtime.CompilerServices.IsReadOnlyAttribute is not on the device")]
    [DataRow("InParameter", "attribute System.Runtime.CompilerServices.IsReadOnlyAttribute is not on the device")]
    [DataRow("Volatile", "type System.Runtime.CompilerServices.IsVolatile is not on the device")]
    [DataRow("FloatingPoint", "ldc.r8: floating point")]
    [DataRow("DecimalNumber", "type System.Decimal is not on the device")]
    [DataRow("MissingType", "type System.Text.StringBuilder is not on the device")]
    [DataRow("MissingException", "type System.DivideByZeroException is not on the device")]
    [DataRow("MissingMember", "method System.Convert::ToString(System.Int32,System.Int32) is not on the device")]
    [DataRow("MissingOverload", "method System.String::StartsWith(System.String,System.StringComparison) is not on the device")]
    [DataRow("MissingField", "type System.IO.Path is not on the device")]
    [DataRow("MissingAttribute", "attribute System.Diagnostics.StackTraceHiddenAttribute is not on the device")]
    [DataRow("NestedOffence", "call of the generic method System.Array::Empty")]
    [DataRow("LambdaOffence", "type System.Environment is not on the device")]
    public void AnOffenceThatIsPlantedIsFound(string type, string sentence)
    {
        IReadOnlyList<string> found = Scan(Planted(type));
        Assert.IsTrue(found.Any(finding => finding.Contains(": " + sentence, StringComparison.Ordinal)), $"found only: {string.Join("; ", found)}");
    }

    [TestMethod]
    public void WhatTheDeviceCanRunIsLeftInPeace()
    {
        Violations.AssertNone("found in clean code", Scan(Planted("Clean")).Concat(Scan(Planted("IClean"))));
    }

    [TestMethod]
    public void ALibraryThatTheProjectDoesNotReferenceIsNotOnTheDevice()
    {
        var withoutHashing = new SurfaceScan(new DeviceApi(["mscorlib"]), refuseMutableStatics: true, refuseFloatingPoint: true);
        string found = string.Join('\n', withoutHashing.Find([Planted("Clean")]));
        StringAssert.Contains(found, "type System.IO.Hashing.Crc32 is not on the device");
    }

    [TestMethod]
    [DataRow(255, 0)]
    [DataRow(256, 1)]
    public void AMethodMayHave255LocalsAndNotOneMore(int locals, int findings)
    {
        using ModuleDefinition module = ModuleDefinition.CreateModule("Locals", ModuleKind.Dll);
        var type = new TypeDefinition("NeuralEdge", "Locals", TypeAttributes.Class, module.TypeSystem.Object);
        var method = new MethodDefinition("Many", MethodAttributes.Static, module.TypeSystem.Void);
        for (int i = 0; i < locals; i++)
        {
            method.Body.Variables.Add(new VariableDefinition(module.TypeSystem.Int32));
        }

        method.Body.GetILProcessor().Emit(OpCodes.Ret);
        type.Methods.Add(method);
        Assert.HasCount(findings, Scan(type));
    }

    private static TypeDefinition Planted(string name) => Module.GetType("NeuralEdge.Tests.DeviceSurface.Planted", name)
        ?? throw new ArgumentException($"{name} is not planted.", nameof(name));

    private static IReadOnlyList<string> Scan(TypeDefinition type) =>
        new SurfaceScan(Api, refuseMutableStatics: true, refuseFloatingPoint: true).Find([type]);
}
