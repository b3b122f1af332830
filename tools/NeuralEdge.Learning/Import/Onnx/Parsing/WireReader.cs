using System.Buffers.Binary;
using System.Text;
using NeuralEdge.Conversion;

namespace NeuralEdge.Learning.Import.Onnx.Parsing;

/// <summary>
/// Reads the fields of one Protocol Buffers message in memory: a tag, then a varint, four or eight bytes, or bytes with
/// their length. Nothing is copied but what is asked for, and no length is believed before it is checked.
/// </summary>
internal ref struct WireReader
{
    private const int VarintKind = 0;
    private const int EightBytesKind = 1;
    private const int BytesKind = 2;
    private const int FourBytesKind = 5;

    private readonly ReadOnlySpan<byte> _message;
    private readonly string _file;
    private int _at;
    private int _kind;
    private int _valueAt;
    private int _valueLength;
    private ulong _varint;

    internal WireReader(ReadOnlySpan<byte> message, string file)
    {
        _message = message;
        _file = file;
    }

    /// <summary>The number of the field read last.</summary>
    internal int Field { get; private set; }

    /// <summary>Reads the next field, false at the end of the message.</summary>
    /// <exception cref="InputRefusedException">The bytes are no sound message.</exception>
    internal bool Next()
    {
        if (_at >= _message.Length)
        {
            return false;
        }

        ulong tag = ReadVarint();
        if (tag > uint.MaxValue || tag >> 3 == 0)
        {
            throw Broken("has a field without a number");
        }

        Field = (int)(tag >> 3);
        _kind = (int)(tag & 7);
        switch (_kind)
        {
            case VarintKind:
                _varint = ReadVarint();
                break;
            case EightBytesKind:
                Take(8);
                break;
            case FourBytesKind:
                Take(4);
                break;
            case BytesKind:
                ulong length = ReadVarint();
                if (length > (ulong)(_message.Length - _at))
                {
                    throw Broken("ends in the middle of a field");
                }

                Take((int)length);
                break;
            default:
                throw Broken("has a field of a kind that does not exist");
        }

        return true;
    }

    /// <summary>The field as a message, a text or packed numbers.</summary>
    internal readonly ReadOnlySpan<byte> Bytes() =>
        _kind == BytesKind ? _message.Slice(_valueAt, _valueLength) : throw WrongKind();

    /// <summary>The field as text; bytes that are no UTF-8 become replacement characters.</summary>
    internal readonly string Text()
    {
        ReadOnlySpan<byte> bytes = Bytes();
        return bytes.Length <= OnnxLimits.LongestText
            ? Encoding.UTF8.GetString(bytes)
            : throw Broken($"has a name of more than {OnnxLimits.LongestText} bytes");
    }

    /// <summary>The field as a signed integer.</summary>
    internal readonly long Integer() => _kind == VarintKind ? unchecked((long)_varint) : throw WrongKind();

    /// <summary>The field as a single-precision number.</summary>
    internal readonly float Single() =>
        _kind == FourBytesKind ? BinaryPrimitives.ReadSingleLittleEndian(_message[_valueAt..]) : throw WrongKind();

    /// <summary>Adds the field to a list of integers, packed or not.</summary>
    internal readonly void AddIntegers(NumberList list)
    {
        if (_kind != BytesKind)
        {
            list.Add(Integer());
            return;
        }

        WireReader packed = new(Bytes(), _file);
        while (packed._at < packed._message.Length)
        {
            list.Add(unchecked((long)packed.ReadVarint()));
        }
    }

    /// <summary>Adds the field to a list of single-precision numbers, packed or not.</summary>
    internal readonly void AddSingles(NumberList list)
    {
        ReadOnlySpan<byte> bytes = _kind is BytesKind or FourBytesKind ? _message.Slice(_valueAt, _valueLength) : throw WrongKind();
        if (bytes.Length % 4 != 0)
        {
            throw Broken("has packed numbers of a broken length");
        }

        for (int at = 0; at < bytes.Length; at += 4)
        {
            list.Add(BinaryPrimitives.ReadSingleLittleEndian(bytes[at..]));
        }
    }

    /// <summary>Adds the field to a list of double-precision numbers, packed or not.</summary>
    internal readonly void AddDoubles(NumberList list)
    {
        ReadOnlySpan<byte> bytes = _kind is BytesKind or EightBytesKind ? _message.Slice(_valueAt, _valueLength) : throw WrongKind();
        if (bytes.Length % 8 != 0)
        {
            throw Broken("has packed numbers of a broken length");
        }

        for (int at = 0; at < bytes.Length; at += 8)
        {
            list.Add(BinaryPrimitives.ReadDoubleLittleEndian(bytes[at..]));
        }
    }

    private readonly InputRefusedException WrongKind() => Broken($"has a field {Field} of the wrong kind");

    private readonly InputRefusedException Broken(string what) =>
        new($"{_file} {what}, so it is no whole ONNX file; copy or export it again.");

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (_at >= _message.Length)
            {
                throw Broken("ends in the middle of a number");
            }

            byte part = _message[_at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Broken("has a number of more than ten bytes");
    }

    private void Take(int count)
    {
        if (count > _message.Length - _at)
        {
            throw Broken("ends in the middle of a field");
        }

        _valueAt = _at;
        _valueLength = count;
        _at += count;
    }
}
