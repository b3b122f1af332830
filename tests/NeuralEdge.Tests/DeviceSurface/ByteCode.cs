using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NeuralEdge.Tests.DeviceSurface;

/// <summary>How many bytes code takes on the device, in the table that all methods of an assembly share.</summary>
internal static class ByteCode
{
    /// <summary>The offset of a method in the table has 16 bits; the metadata processor refuses an assembly beyond.</summary>
    public const int Limit = 65_535;

    private const int BytesOfHandler = 12;

    /// <summary>The table of an assembly.</summary>
    public static int Count(ModuleDefinition module) =>
        module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).Sum(method => Count(method.Body));

    /// <summary>One method: its instructions, then a row for each exception handler and a byte with their number.</summary>
    public static int Count(MethodBody body) =>
        body.Instructions.Sum(Count) + (body.HasExceptionHandlers ? (BytesOfHandler * body.ExceptionHandlers.Count) + 1 : 0);

    /// <summary>
    /// The desktop's size, less what the device writes shorter: its references to strings, methods, fields and types and its
    /// long jumps have 16 bits instead of 32, and so have the targets of a switch, whose number is one byte.
    /// </summary>
    private static int Count(Instruction instruction) => instruction.OpCode.OperandType switch
    {
        OperandType.InlineSwitch => instruction.OpCode.Size + 1 + (2 * ((Instruction[])instruction.Operand).Length),
        OperandType.InlineString or OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineBrTarget => instruction.OpCode.Size + 2,
        _ => instruction.GetSize(),
    };
}
