using System.Globalization;

namespace NeuralEdge.Conversion.Text;

/// <summary>
/// A piece of C# and the bytes of code that it becomes on a board, so that the size of an assembly is known before anybody
/// compiles it: the IL of the optimising compiler, with tokens of 2 bytes. A test compares the sizes with the compiler's.
/// </summary>
/// <param name="Text">The source.</param>
/// <param name="Bytes">Bytes of code.</param>
internal readonly record struct Code(string Text, int Bytes)
{
    /// <summary>Where the functions are that exported code calls; in full, because somebody may call a class Tanh.</summary>
    internal const string Numerics = "global::NeuralEdge.Numerics.";

    /// <summary>Bytes of a call, of a static field read or written, and of making an array: opcode and token.</summary>
    internal const int TokenBytes = 3;

    /// <summary>Bytes of a jump over less than 128 bytes.</summary>
    internal const int JumpBytes = 2;

    /// <summary>Bytes of a shift and its operand, or of a jump and a constant of one byte.</summary>
    internal const int ByteOperationBytes = 3;

    /// <summary>An int.</summary>
    internal static Code Int(int value) =>
        new(value.ToString(CultureInfo.InvariantCulture), value is >= -1 and <= 8 ? 1 : value is >= sbyte.MinValue and <= sbyte.MaxValue ? 2 : 5);

    /// <summary>
    /// A long. The compiler widens at run time what fits 32 bits, in two operations that cost more than the one with all 64.
    /// </summary>
    internal static Code Long(long value) => new(
        value.ToString(CultureInfo.InvariantCulture) + "L",
        value is >= int.MinValue and <= uint.MaxValue ? Int(unchecked((int)value)).Bytes + 1 : 9);

    /// <summary>An element of an array; an operation besides the array and the index.</summary>
    internal static Code Element(Code array, Code index) => new($"{array.Text}[{index.Text}]", array.Bytes + index.Bytes + 1);

    /// <summary>An expression that gives one of a method's first locals the value and has that value.</summary>
    /// <param name="local">The local's name.</param>
    internal Code KeptIn(string local) => Then($"({local} = {{0}})", 2);

    /// <summary>The same with operations behind it.</summary>
    /// <param name="format">The new text, in which {0} stands for the old one.</param>
    /// <param name="bytes">Bytes that are added.</param>
    internal Code Then(string format, int bytes) => new(string.Format(CultureInfo.InvariantCulture, format, Text), Bytes + bytes);
}
