using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NeuralEdge.Tests.Architecture;

namespace NeuralEdge.Tests.DeviceSurface;

/// <summary>Every device assembly fits the device's 16-bit tables, with room to grow.</summary>
[TestClass]
public sealed class ByteCodeTests
{
    private const double MaxShare = 0.8;

    // Signatures share a table with the initialisers of arrays; this leaves them some room.
    private const int MaxInitialiserBytes = 60_000;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void NoAssemblyTakesMoreThanFourFifthsOfItsByteCodeTable()
    {
        (string Name, int Plain, int Optimised)[] sizes =
        [
            .. DeviceBuild.All().Select(build => (
                build.Project.Name,
                ByteCode.Count(build.Module),
                ByteCode.Count(DeviceBuild.Of(build.Project.Path, optimised: true).Module))),
        ];
        string table = string.Join('\n', sizes.Select(size => $"{size.Name,-28}{size.Plain,12:N0}{size.Optimised,12:N0}{(double)size.Plain / ByteCode.Limit,8:P1}"));
        string text = $"bytes of {ByteCode.Limit:N0}\n{"assembly",-28}{"unoptimised",12}{"optimised",12}{"share",8}\n{table}";
        TestContext.WriteLine(text);
        Violations.AssertNone(
            $"{text}\nmore than {MaxShare:P0} of the table (unoptimised is what F5 in Visual Studio builds)",
            sizes.Where(size => Math.Max(size.Plain, size.Optimised) > MaxShare * ByteCode.Limit).Select(size => size.Name));
    }

    [TestMethod]
    public void TheInitialisersOfArraysLeaveRoomForSignatures() =>
        Violations.AssertNone(
            $"more than {MaxInitialiserBytes:N0} bytes in array initialisers",
            DeviceBuild.All().Where(build => build.Types.SelectMany(type => type.Fields).Sum(field => field.InitialValue.Length) > MaxInitialiserBytes).Select(build => build.Project.Name));

    [TestMethod]
    public void AReleaseBuildSaysAllThatADebugBuildSays()
    {
        // Calls of System.Diagnostics.Debug, and the texts in them, are left out of it.
        foreach (string project in DeviceProject.AllPaths)
        {
            string[] release = Texts(DeviceBuild.Of(project, optimised: true));
            Violations.AssertNone($"texts that a release build of {project} lacks", Texts(DeviceBuild.Of(project)).Except(release));
        }

        Assert.Contains("NeuralEdge runs.", Texts(DeviceBuild.Of("firmware/NeuralEdge.Firmware/NeuralEdge.Firmware.nfproj", optimised: true)));

        static string[] Texts(DeviceBuild build) =>
        [
            .. build.Types.SelectMany(type => type.Methods).Where(method => method.HasBody)
                .SelectMany(method => method.Body.Instructions).Where(instruction => instruction.OpCode == OpCodes.Ldstr).Select(instruction => (string)instruction.Operand),
        ];
    }

    [TestMethod]
    public void AnInstructionCountsWhatTheDevicesToolsWrite()
    {
        using ModuleDefinition module = ModuleDefinition.CreateModule("Sizes", ModuleKind.Dll);
        MethodDefinition method = new("Some", MethodAttributes.Static, module.TypeSystem.Void);
        ILProcessor il = method.Body.GetILProcessor();
        Instruction end = Instruction.Create(OpCodes.Ret);
        AssertTakes(3, Instruction.Create(OpCodes.Call, method));
        AssertTakes(3, Instruction.Create(OpCodes.Ldstr, "text"));
        AssertTakes(3, Instruction.Create(OpCodes.Ldsfld, new FieldDefinition("Field", FieldAttributes.Static, module.TypeSystem.Int32)));
        AssertTakes(3, Instruction.Create(OpCodes.Newarr, module.TypeSystem.Int32));
        AssertTakes(4, Instruction.Create(OpCodes.Ldftn, method));
        AssertTakes(3, Instruction.Create(OpCodes.Br, end));
        AssertTakes(2, Instruction.Create(OpCodes.Br_S, end));
        AssertTakes(8, Instruction.Create(OpCodes.Switch, [end, end, end]));
        AssertTakes(5, Instruction.Create(OpCodes.Ldtoken, module.TypeSystem.Int32));
        AssertTakes(5, Instruction.Create(OpCodes.Ldc_I4, 1000));
        AssertTakes(9, Instruction.Create(OpCodes.Ldc_I8, 1L));
        AssertTakes(2, Instruction.Create(OpCodes.Ceq));
        AssertTakes(1, end);

        void AssertTakes(int bytes, Instruction instruction)
        {
            int before = ByteCode.Count(method.Body);
            il.Append(instruction);
            Assert.AreEqual(before + bytes, ByteCode.Count(method.Body), instruction.OpCode.Name);
        }
    }

    [TestMethod]
    public void ExceptionHandlersCountTwelveBytesEachAndOneForTheirNumber()
    {
        using ModuleDefinition module = ModuleDefinition.CreateModule("Sizes", ModuleKind.Dll);
        MethodDefinition method = new("Some", MethodAttributes.Static, module.TypeSystem.Void);
        method.Body.GetILProcessor().Emit(OpCodes.Ret);
        method.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally));
        Assert.AreEqual(1 + 12 + 1, ByteCode.Count(method.Body));
        method.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch));
        Assert.AreEqual(1 + 24 + 1, ByteCode.Count(method.Body));
    }
}
