using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NeuralEdge.Tests.DeviceSurface;

/// <summary>What is planted in a source is found: by the compiler if the platform lacks it, by the scan if only the device does.</summary>
[TestClass]
public sealed class SurfaceScanTests
{
    [TestMethod]
    [DataRow("object F() => new System.Collections.Generic.List<int>();", "CS0234", "a generic collection")]
    [DataRow("object F() => System.Linq.Enumerable.Empty<int>();", "CS0234", "LINQ")]
    [DataRow("int F(int a) => System.Math.Clamp(a, 0, 1);", "CS0117", "a member of a library")]
    [DataRow("System.Runtime.CompilerServices.DefaultInterpolatedStringHandler F;", "CS0234", "the desktop's way of interpolating")]
    [DataRow("object F() => System.Array.Empty<int>();", "CS0117", "a generic method")]
    [DataRow("object F() => new System.Text.StringBuilder();", "CS0234", "a type of another library")]
    [DataRow("void F() => System.Environment.Exit(1);", "CS0234", "a type that is elsewhere")]
    [DataRow("string F() => System.Convert.ToString(1, 16);", "CS1501", "an overload")]
    [DataRow("int F(int a) => a.CompareTo(2);", "CS1061", "a member")]
    [DataRow("int F(int a) { try { return 1 / a; } catch (System.DivideByZeroException) { return 0; } }", "CS0234", "an exception")]
    [DataRow("int? F;", "CS0518", "a nullable value")]
    [DataRow("(int, int) F;", "CS8179", "a tuple")]
    [DataRow("decimal F;", "CS0518", "decimal numbers")]
    [DataRow("volatile int F;", "CS0518", "volatile")]
    [DataRow("string F(string a) => a[1..];", "CS0518", "a range")]
    [DataRow("System.Collections.IEnumerable F() { yield return 1; }", "CS0518", "an iterator")]
    [DataRow("async void F() { }", "CS0518", "an async method")]
    [DataRow("System.Span<byte> F() => stackalloc byte[4];", "CS0234", "a span")]
    [DataRow("unsafe int F(int* a) => *a;", "CS0227", "a pointer")]
    [DataRow("record R(int A);", "CS0518", "a record")]
    [DataRow("int[] F() => [1];", "CS8773", "the language after C# 9")]
    public void WhatThePlatformLacksIsAnErrorOfTheCompiler(string member, string error, string what)
    {
        string[] errors = [.. DeviceBuild.Errors(InClass(member)).Select(diagnostic => diagnostic.Id)];
        CollectionAssert.Contains(errors, error, $"{what}: {string.Join(' ', errors)}");
    }

    [TestMethod]
    [DataRow("class G<T> { }", "generic type")]
    [DataRow("void F<T>() { }", "generic method")]
    [DataRow("interface I { int F() => 1; }", "interface method with a body")]
    [DataRow("int[,] F;", "multi-dimensional array System.Int32[0...,0...]")]
    [DataRow("int F() => new int[2, 2].Length;", "multi-dimensional array System.Int32[0...,0...]")]
    [DataRow("int F(int a) => checked(a + 1);", "add.ovf: the interpreter ignores overflow checks")]
    [DataRow("byte F(int a) => checked((byte)a);", "conv.ovf.u1: the interpreter ignores overflow checks")]
    [DataRow("static int F;", "static field that can change")]
    [DataRow("static int F { get; set; }", "static field that can change")]
    [DataRow("readonly struct S { }", "an attribute that the platform does not have")]
    [DataRow("long F(in long a) => a;", "an attribute that the platform does not have")]
    [DataRow("int F(int a) => (int)(a * 0.5);", "ldc.r8: floating point")]
    [DataRow("float F;", "System.Single: floating point")]
    [DataRow("void F(double a) { }", "System.Double: floating point")]
    [DataRow("class N { class M { static int F; } }", "static field that can change")]
    [DataRow("System.Threading.ThreadStart F(int a) => () => a = checked(a + 1);", "add.ovf: the interpreter ignores overflow checks")]
    public void WhatTheDeviceDoesNotRunIsFound(string member, string sentence)
    {
        IReadOnlyList<string> found = Scan(DeviceBuild.ModuleOf([InClass(member)]));
        Assert.IsTrue(found.Any(finding => finding.Contains(": " + sentence, StringComparison.Ordinal)), $"found only: {string.Join("; ", found)}");
    }

    [TestMethod]
    public void WhatTheDeviceRunsIsLeftInPeace()
    {
        const string Source = """
            interface I { int Add(int value); }

            sealed class Clean : I
            {
                static readonly int[] Table = { 1, 2, 3, 4 };
                readonly object _gate = new object();
                int _sum;

                public event System.EventHandler Nothing { add { } remove { } }

                public int Sum { get; set; }

                public int Add(int value)
                {
                    lock (_gate)
                    {
                        unchecked { _sum += value * Table[value & 3]; }
                    }

                    return value < 0 ? throw new System.ArgumentException("negative") : _sum;
                }

                public string Describe(int code)
                {
                    try
                    {
                        return $"{code}" + code switch { 0 => "none", _ => "some" };
                    }
                    catch (System.Exception exception) when (exception is System.InvalidOperationException)
                    {
                        return exception.Message;
                    }
                }

                public uint Crc(byte[] data) => System.IO.Hashing.Crc32.HashToUInt32(new System.SpanByte(data, 0, data.Length));
            }
            """;
        Violations.AssertNone("errors in clean code", DeviceBuild.Errors(InClass(Source)).Select(error => error.ToString()));
        Violations.AssertNone("found in clean code", Scan(DeviceBuild.ModuleOf([InClass(Source)])));
    }

    [TestMethod]
    [DataRow(255, 0)]
    [DataRow(256, 1)]
    public void AMethodMayHave255LocalsAndASwitch255TargetsAndNotOneMore(int count, int findings)
    {
        using ModuleDefinition module = ModuleDefinition.CreateModule("Locals", ModuleKind.Dll);
        Assert.HasCount(findings, Scan(WithMethod(module, body =>
        {
            for (int i = 0; i < count; i++)
            {
                body.Variables.Add(new VariableDefinition(module.TypeSystem.Int32));
            }
        })));
        using ModuleDefinition other = ModuleDefinition.CreateModule("Switch", ModuleKind.Dll);
        Assert.HasCount(findings, Scan(WithMethod(other, body =>
            body.GetILProcessor().Emit(OpCodes.Switch, Enumerable.Repeat(Instruction.Create(OpCodes.Ret), count).ToArray()))));
    }

    private static string InClass(string member) => $"namespace NeuralEdge {{ internal class Planted {{ {member} }} }}";

    private static ModuleDefinition WithMethod(ModuleDefinition module, Action<MethodBody> fill)
    {
        TypeDefinition type = new("NeuralEdge", "Planted", TypeAttributes.Class, module.TypeSystem.Object);
        MethodDefinition method = new("Many", MethodAttributes.Static, module.TypeSystem.Void);
        fill(method.Body);
        method.Body.GetILProcessor().Emit(OpCodes.Ret);
        type.Methods.Add(method);
        module.Types.Add(type);
        return module;
    }

    private static IReadOnlyList<string> Scan(ModuleDefinition module) => new SurfaceScan(refuseMutableStatics: true, refuseFloatingPoint: true).Find(module);
}
