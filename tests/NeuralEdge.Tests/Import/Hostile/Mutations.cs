using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Tests.Import.Hostile;

/// <summary>Breaks files as downloads, editors and ill will do, by a seed.</summary>
internal static class Mutations
{
    private static readonly byte[][] Pieces =
    [
        [0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF], [0x00, 0x00, 0x00, 0x80], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        [0x00, 0x00, 0xC0, 0x7F], [0x00, 0x00, 0x80, 0x7F], [0x80, 0x80, 0x80, 0x80, 0x08], "NaN"u8.ToArray(), "1e999"u8.ToArray(), "\""u8.ToArray(),
        "(("u8.ToArray(), "[[[["u8.ToArray(), "-1"u8.ToArray(), "="u8.ToArray(), "\n"u8.ToArray(), "99999999999"u8.ToArray(),
    ];

    /// <summary>A broken copy of one to four strokes.</summary>
    internal static byte[] Mutate(byte[] file, PortableRandom random)
    {
        List<byte> bytes = [.. file];
        for (int strokes = 1 + random.Next(4); strokes > 0 && bytes.Count > 0; strokes--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(9))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes[at] = (byte)(bytes[at] + (random.Next(2) == 0 ? 1 : 255));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    bytes.RemoveRange(at, Math.Min(1 + random.Next(16), bytes.Count - at));
                    break;
                case 5:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(1 + random.Next(64), bytes.Count - at)));
                    break;
                case 6:
                    bytes.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 7:
                    byte[] piece = Pieces[random.Next(Pieces.Length)];
                    for (int i = 0; i < piece.Length && at + i < bytes.Count; i++)
                    {
                        bytes[at + i] = piece[i];
                    }

                    break;
                default:
                    // A piece of the file over another: lengths and names meet others than their own.
                    int from = random.Next(bytes.Count);
                    for (int i = Math.Min(1 + random.Next(32), bytes.Count - Math.Max(at, from)) - 1; i >= 0; i--)
                    {
                        bytes[at + i] = bytes[from + i];
                    }

                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Gives a broken model file a sound length and a sound CRC, so that what is behind them is reached.</summary>
    internal static void Seal(byte[] model)
    {
        if (model.Length >= ModelFormat.HeaderLength + 4)
        {
            BitConverter.TryWriteBytes(model.AsSpan(8), model.Length);
            BitConverter.TryWriteBytes(model.AsSpan(model.Length - 4), Checksum.Crc32(model, 0, model.Length - 4));
        }
    }
}
