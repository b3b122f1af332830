using System.Text;

namespace NeuralEdge.Conversion.Text;

/// <summary>Files that people write or export: read whole, with a limit, and refused when they are not text.</summary>
public static class TextFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a file: UTF-8, UTF-16 with a byte-order mark, or the Latin-1 of older spreadsheets.</summary>
    /// <param name="path">The file as the user named it; every refusal begins with it.</param>
    /// <param name="maximumBytes">A longer file is refused before it is read.</param>
    /// <exception cref="InputRefusedException">Not there, not readable, too long, or not text.</exception>
    public static string Read(string path, int maximumBytes)
    {
        return Decode(ReadBytes(path, maximumBytes), path);
    }

    /// <summary>The bytes of a file, with the refusals of <see cref="Read"/> except those of its content.</summary>
    /// <exception cref="InputRefusedException">Not there, not readable, or too long.</exception>
    public static byte[] ReadBytes(string path, int maximumBytes)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0)
        {
            throw new InputRefusedException("The name of the file to read is empty; give the path of a file.");
        }

        try
        {
            if (Directory.Exists(path))
            {
                throw new InputRefusedException($"{path} is a folder; give the path of a file in it.");
            }

            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

            // A pipe has no length, and a file may grow while it is read: count what comes, not what was promised.
            using MemoryStream bytes = new();
            byte[] buffer = new byte[81920];
            int count;
            while ((count = stream.Read(buffer, 0, buffer.Length)) > 0)
            {
                if (bytes.Length + count > maximumBytes)
                {
                    throw new InputRefusedException(
                        $"{path} is longer than {maximumBytes / (1024 * 1024)} MB, the most this program reads; give it a smaller file.");
                }

                bytes.Write(buffer, 0, count);
            }

            return bytes.ToArray();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputRefusedException($"{path} does not exist; check the path.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputRefusedException($"{path} may not be read by this user; change its permissions or copy it.", e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw new InputRefusedException($"{path} cannot be read ({e.Message.TrimEnd('.')}); check the path.", e);
        }
    }

    /// <summary>Bytes to text, as <see cref="Read"/> does it.</summary>
    /// <exception cref="InputRefusedException">The bytes are not text.</exception>
    public static string Decode(byte[] bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        string text;
        if (bytes.Length >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE)
        {
            text = DecodeUtf16(bytes, name, bigEndian: false);
        }
        else if (bytes.Length >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF)
        {
            text = DecodeUtf16(bytes, name, bigEndian: true);
        }
        else
        {
            int start = bytes.Length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0;
            try
            {
                text = StrictUtf8.GetString(bytes, start, bytes.Length - start);
            }
            catch (DecoderFallbackException)
            {
                // Spreadsheets in Western Europe still write one byte per letter. Binary files end here too,
                // and are found out by their control characters below.
                text = Encoding.Latin1.GetString(bytes, start, bytes.Length - start);
            }
        }

        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if ((c < ' ' && c is not ('\t' or '\r' or '\n' or '\f')) || c == '\x7F')
            {
                throw new InputRefusedException(
                    $"{name} is not a text file (character {i + 1} is the control code {(int)c}); save it as UTF-8 text.");
            }
        }

        return text;
    }

    private static string DecodeUtf16(byte[] bytes, string name, bool bigEndian)
    {
        try
        {
            UnicodeEncoding utf16 = new(bigEndian, byteOrderMark: false, throwOnInvalidBytes: true);
            return utf16.GetString(bytes, 2, bytes.Length - 2);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputRefusedException($"{name} begins like UTF-16 text but is not; save it as UTF-8 text.", e);
        }
    }
}
