using System.Globalization;
using NeuralEdge.Conversion;

namespace NeuralEdge.Learning.Import.TfLite;

/// <summary>
/// A TensorFlow Lite file as the array of a C source, <c>unsigned char model[] = {0x1c, 0x00, ...}</c>, which is how
/// projects for microcontrollers carry it.
/// </summary>
internal static class CArray
{
    /// <summary>The bytes of the one array that is a TensorFlow Lite file.</summary>
    /// <param name="text">The source.</param>
    /// <param name="name">What the sentences of refusals call it.</param>
    /// <exception cref="InputRefusedException">There is none, or there are several.</exception>
    internal static byte[] Read(string text, string name)
    {
        List<byte[]> found = [];
        for (int open = text.IndexOf('{', StringComparison.Ordinal), at; open >= 0; open = text.IndexOf('{', at))
        {
            at = open + 1;
            if (Bytes(text, ref at) is byte[] bytes && TfLiteReader.IsTfLite(bytes))
            {
                found.Add(bytes);
            }
        }

        return found.Count switch
        {
            1 => found[0],
            0 => throw new InputRefusedException($"{name} has no array of bytes that is a TensorFlow Lite file (bytes 4 to 7 are TFL3); give the file that xxd -i wrote, or the .tflite file."),
            _ => throw new InputRefusedException($"{name} has {found.Count} arrays that are TensorFlow Lite files; give a file with one of them."),
        };
    }

    // The numbers up to the closing brace; null when anything else is among them, which is then not looked at again.
    private static byte[]? Bytes(string text, ref int at)
    {
        List<byte> bytes = [];
        while (at < text.Length)
        {
            char c = text[at];
            if (char.IsWhiteSpace(c) || c == ',')
            {
                at++;
            }
            else if (c == '}')
            {
                return [.. bytes];
            }
            else if (c == '/' && at + 1 < text.Length && text[at + 1] is '/' or '*')
            {
                string end = text[at + 1] == '/' ? "\n" : "*/";
                int close = text.IndexOf(end, at + 2, StringComparison.Ordinal);
                at = close < 0 ? text.Length : close + end.Length;
            }
            else
            {
                int start = at;
                while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at])))
                {
                    at++;
                }

                if (!TryByte(text.AsSpan(start, at - start), out byte value))
                {
                    return null;
                }

                bytes.Add(value);
            }
        }

        return null;
    }

    private static bool TryByte(ReadOnlySpan<char> number, out byte value)
    {
        number = number.TrimEnd("uU");
        return number.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? byte.TryParse(number[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : byte.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
