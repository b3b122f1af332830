using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Tests.Import.Hostile;

/// <summary>
/// Breaks an ONNX file field by field and writes it with sound lengths, so that the change is met by what reads the
/// meaning and not by what reads the lengths: other numbers, names of other things, fields gone, doubled or exchanged.
/// </summary>
internal static class MessageMutations
{
    private static readonly ulong[] Numbers = [0, 1, 2, 3, 7, 8, 16, 255, 65536, int.MaxValue, uint.MaxValue, long.MaxValue, ulong.MaxValue, unchecked((ulong)-2L)];

    /// <summary>Which fields of which messages are messages: 'm' model, 'g' graph, 'n' node, and so on down.</summary>
    private static readonly Dictionary<(char, int), char> Messages = new()
    {
        [('m', 7)] = 'g', [('m', 8)] = 'o', [('g', 1)] = 'n', [('g', 5)] = 't', [('g', 11)] = 'v', [('g', 12)] = 'v',
        [('m', 25)] = 'f', [('f', 7)] = 'n', [('f', 9)] = 'o', [('t', 13)] = 'e', [('n', 5)] = 'a', [('a', 5)] = 't', [('v', 2)] = 'y', [('y', 1)] = 'z', [('z', 2)] = 's', [('s', 1)] = 'd',
    };

    /// <summary>A broken copy of one to three strokes.</summary>
    internal static byte[] Mutate(byte[] file, PortableRandom random)
    {
        List<Field> root = Parse(file, 'm');
        for (int strokes = 1 + random.Next(3); strokes > 0; strokes--)
        {
            List<(List<Field> Owner, int Index)> places = [];
            Collect(root, places);
            if (places.Count == 0)
            {
                break;
            }

            (List<Field> owner, int index) = places[random.Next(places.Count)];
            Field field = owner[index];
            switch (random.Next(6))
            {
                case 0:
                    owner.RemoveAt(index);
                    break;
                case 1:
                    owner.Insert(random.Next(owner.Count + 1), field.Copy());
                    break;
                case 2:
                    int other = random.Next(owner.Count);
                    (owner[index], owner[other]) = (owner[other], owner[index]);
                    break;
                default:
                    Change(field, places, random);
                    break;
            }
        }

        return [.. Write(root)];
    }

    private static void Change(Field field, List<(List<Field> Owner, int Index)> places, PortableRandom random)
    {
        if (field.Parts is not null)
        {
            return;
        }

        if (field.Kind == 0)
        {
            field.Varint = Numbers[random.Next(Numbers.Length)];
            return;
        }

        Field model = places.Select(p => p.Owner[p.Index]).ElementAt(random.Next(places.Count));
        field.Bytes = random.Next(3) switch
        {
            0 when field.Kind == 2 && model.Bytes is not null && model.Kind == 2 => model.Bytes,
            1 when field.Kind == 2 => field.Bytes![..random.Next(field.Bytes!.Length + 1)],
            _ => [.. field.Bytes!.Select(b => random.Next(4) == 0 ? (byte)(random.Next(2) == 0 ? 0xFF : random.Next(256)) : b)],
        };
    }

    private static void Collect(List<Field> fields, List<(List<Field> Owner, int Index)> places)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            places.Add((fields, i));
            if (fields[i].Parts is List<Field> parts)
            {
                Collect(parts, places);
            }
        }
    }

    private static List<Field> Parse(byte[] bytes, char message)
    {
        List<Field> fields = [];
        int at = 0;
        while (at < bytes.Length)
        {
            ulong tag = Varint(bytes, ref at);
            Field field = new() { Number = (int)(tag >> 3), Kind = (int)(tag & 7) };
            if (field.Kind == 0)
            {
                field.Varint = Varint(bytes, ref at);
            }
            else
            {
                int length = field.Kind == 2 ? (int)Varint(bytes, ref at) : field.Kind == 5 ? 4 : 8;
                field.Bytes = bytes[at..(at + length)];
                at += length;
                if (Messages.TryGetValue((message, field.Number), out char inner))
                {
                    field.Parts = Parse(field.Bytes, inner);
                    field.Bytes = null;
                }
            }

            fields.Add(field);
        }

        return fields;
    }

    private static List<byte> Write(List<Field> fields)
    {
        List<byte> bytes = [];
        foreach (Field field in fields)
        {
            Add(bytes, ((ulong)field.Number << 3) | (uint)field.Kind);
            if (field.Kind == 0)
            {
                Add(bytes, field.Varint);
                continue;
            }

            List<byte> content = field.Parts is null ? [.. field.Bytes!] : Write(field.Parts);
            if (field.Kind == 2)
            {
                Add(bytes, (ulong)content.Count);
            }

            bytes.AddRange(content);
        }

        return bytes;
    }

    private static ulong Varint(byte[] bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = bytes[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    private static void Add(List<byte> bytes, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
    }

    private sealed class Field
    {
        internal int Number { get; init; }

        internal int Kind { get; init; }

        internal ulong Varint { get; set; }

        internal byte[]? Bytes { get; set; }

        internal List<Field>? Parts { get; set; }

        internal Field Copy() => new() { Number = Number, Kind = Kind, Varint = Varint, Bytes = Bytes, Parts = Parts?.ConvertAll(p => p.Copy()) };
    }
}
