using System.Buffers.Binary;
using System.Text;
using NeuralEdge.Conversion;

namespace NeuralEdge.Learning.Import.Keras.Hdf5;

/// <summary>An attribute of a group: texts, of one length for all or of any length.</summary>
internal sealed class Hdf5Attribute
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Hdf5File _file;
    private readonly Hdf5Type _type;
    private readonly ulong[] _shape;
    private readonly ulong _at;
    private readonly int _left;

    // Version, reserved or flags, sizes of name, type and space, in version 3 the letters' encoding; version 1 pads each to 8 bytes.
    internal Hdf5Attribute(Hdf5File file, Hdf5Cursor cursor)
    {
        _file = file;
        ulong start = cursor.Position;
        int version = cursor.Byte();
        if (version is not (1 or 2 or 3))
        {
            throw file.Damaged(start, $"an attribute has the version {version}");
        }

        bool shared = cursor.Byte() != 0 && version > 1;
        (int name, int type, int space) = (cursor.UInt16(), cursor.UInt16(), cursor.UInt16());
        cursor.Skip(version == 3 ? 1u : 0);
        int Padded(int size) => version == 1 ? (size + 7) & ~7 : size;
        Name = Encoding.UTF8.GetString(cursor.Take(Padded(name))[..name].TrimEnd((byte)0));
        Hdf5Cursor typeAt = cursor.Piece((ulong)Padded(type), "a datatype");
        _type = shared ? new(Hdf5Kind.Other, 0, false) : Hdf5Type.Read(typeAt);
        Hdf5Cursor spaceAt = cursor.Piece((ulong)Padded(space), "a dataspace");
        _shape = shared ? [] : Hdf5Shape.Read(file, spaceAt);
        _at = cursor.Position;
        _left = cursor.Left;
    }

    /// <summary>Its name.</summary>
    internal string Name { get; }

    /// <summary>Its texts; null when it holds something else.</summary>
    internal string[]? Texts()
    {
        if (_type.Kind is not (Hdf5Kind.Text or Hdf5Kind.TextOfAnyLength))
        {
            return null;
        }

        ulong count = Hdf5Shape.Count(_shape);
        if (count > (ulong)(_left / _type.Size))
        {
            throw _file.Damaged(_at, $"the attribute \"{Folding.ForeignName.Quote(Name)[1..^1]}\" is too short");
        }

        string[] texts = new string[count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = Decode(_file.Bytes(_at + ((ulong)i * (ulong)_type.Size), (ulong)_type.Size, "a text"));
        }

        return texts;
    }

    private string Decode(ReadOnlySpan<byte> element)
    {
        if (_type.Kind == Hdf5Kind.TextOfAnyLength)
        {
            // Length, address of the heap, index of the object.
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(element);
            ReadOnlySpan<byte> found = length == 0
                ? []
                : _file.HeapObject(BinaryPrimitives.ReadUInt64LittleEndian(element[4..]), (int)BinaryPrimitives.ReadUInt32LittleEndian(element[12..]));
            element = length <= (uint)found.Length ? found[..(int)length] : throw _file.Damaged(_at, "a text is longer than its place in the heap");
        }

        int end = element.IndexOf((byte)0);
        element = end >= 0 ? element[..end] : element.TrimEnd((byte)' ');
        _file.Budget.Cells(1 + (element.Length / 4));
        try
        {
            return StrictUtf8.GetString(element);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputRefusedException($"{_file.Name} has the attribute {Folding.ForeignName.Quote(Name)}, which is no valid text; save or download it again.", e);
        }
    }
}
