using System.Text;
using Google.Protobuf;
using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Parsing;

/// <summary>
/// The fields of one Protocol Buffers message, by their numbers, read with Google.Protobuf. Nothing is copied but what
/// is asked for, fields that nobody asks for are passed over, and the file pays for every message it opens, however
/// empty.
/// </summary>
/// <param name="file">The whole file.</param>
/// <param name="input">The part of the file that is the message.</param>
/// <param name="budget">What the file may still cost.</param>
internal sealed class MessageReader(byte[] file, CodedInputStream input, WorkBudget budget)
{
    /// <summary>What opening a message, a text or packed numbers takes, in numbers of 8 bytes.</summary>
    private const int CellsOfReader = 32;

    private uint _tag;
    private bool _isUnread;

    /// <summary>The message that a file is.</summary>
    internal MessageReader(byte[] file, WorkBudget budget)
        : this(file, new CodedInputStream(file), budget)
    {
    }

    /// <summary>The number of the field read last.</summary>
    internal int Field => WireFormat.GetTagFieldNumber(_tag);

    private WireFormat.WireType Kind => WireFormat.GetTagWireType(_tag);

    /// <summary>Goes to the next field, false at the end of the message.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no sound message.</exception>
    internal bool Next()
    {
        if (_isUnread)
        {
            input.SkipLastField();
        }

        _tag = input.ReadTag();
        _isUnread = _tag != 0;
        return !_isUnread || Kind is WireFormat.WireType.Varint or WireFormat.WireType.Fixed64 or WireFormat.WireType.LengthDelimited or WireFormat.WireType.Fixed32
            ? _isUnread
            : throw Broken($"has a field {Field} of a kind that ONNX does not have");
    }

    /// <summary>The field as a message.</summary>
    internal MessageReader Message() => new(file, Open(), budget);

    /// <summary>The field as bytes, where they lie in the file.</summary>
    internal ReadOnlyMemory<byte> Bytes()
    {
        int start = (int)Open().Position;
        return file.AsMemory(start, (int)input.Position - start);
    }

    /// <summary>The field as text; bytes that are no UTF-8 become replacement characters.</summary>
    internal string Text()
    {
        ReadOnlyMemory<byte> bytes = Bytes();
        return bytes.Length <= OnnxLimits.LongestText
            ? Encoding.UTF8.GetString(bytes.Span)
            : throw Broken($"has a name of more than {OnnxLimits.LongestText} bytes");
    }

    /// <summary>The field as a signed integer.</summary>
    internal long Integer() => Take(WireFormat.WireType.Varint).ReadInt64();

    /// <summary>The field as a single-precision number.</summary>
    internal float Single() => Take(WireFormat.WireType.Fixed32).ReadFloat();

    /// <summary>Adds the field to a list of integers, packed or not.</summary>
    internal void AddIntegers(NumberList list) => Add(list, WireFormat.WireType.Varint, part => part.ReadInt64());

    /// <summary>Adds the field to a list of single-precision numbers, packed or not.</summary>
    internal void AddSingles(NumberList list) => Add(list, WireFormat.WireType.Fixed32, part => part.ReadFloat());

    /// <summary>Adds the field to a list of double-precision numbers, packed or not.</summary>
    internal void AddDoubles(NumberList list) => Add(list, WireFormat.WireType.Fixed64, part => part.ReadDouble());

    private void Add(NumberList list, WireFormat.WireType kind, Func<CodedInputStream, double> read)
    {
        if (Kind == kind)
        {
            list.Add(read(Take(kind)));
            return;
        }

        CodedInputStream packed = Open();
        while (!packed.IsAtEnd)
        {
            list.Add(read(packed));
        }
    }

    // Skipping a field checks its length, so that the second reader, which begins with the length, cannot leave it.
    private CodedInputStream Open()
    {
        budget.Cells(CellsOfReader);
        int start = (int)input.Position;
        Take(WireFormat.WireType.LengthDelimited).SkipLastField();
        CodedInputStream content = new(file, start, (int)input.Position - start);
        content.ReadLength();
        return content;
    }

    private CodedInputStream Take(WireFormat.WireType kind)
    {
        if (Kind != kind)
        {
            throw Broken($"has a field {Field} of the wrong kind");
        }

        _isUnread = false;
        return input;
    }

    private InputRefusedException Broken(string what) =>
        new($"{budget.File} {what}, so it is no whole ONNX file; copy or export it again.");
}
