using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Parsing;

/// <summary>
/// The numbers that an ONNX file keeps in another file, as PyTorch exports them. Only a file of a plain name in the same
/// folder is opened, so that a model cannot have anything else read.
/// </summary>
/// <param name="folder">Where the ONNX file is; null when it is not in a file, and nothing is opened.</param>
internal sealed class ExternalData(string? folder)
{
    /// <summary>The bytes of a tensor.</summary>
    /// <param name="where">What the ONNX file says of their place: location, offset, length.</param>
    /// <param name="bytes">How many there must be.</param>
    /// <param name="refuse">Makes a refusal that names the tensor.</param>
    /// <exception cref="InputRefusedException">The name is no plain one, there is no such file, or it is too short.</exception>
    internal byte[] Read(Dictionary<string, string> where, long bytes, Func<string, string, InputRefusedException> refuse)
    {
        string location = where.GetValueOrDefault("location", "");
        string quoted = ForeignName.Quote(location);
        if (!IsPlain(location))
        {
            throw refuse(
                $"keeps its numbers in {quoted}, which is no plain file name and is not opened",
                "export again into one folder, or with the weights inside the .onnx file");
        }

        if (folder is null)
        {
            throw refuse($"keeps its numbers in the file {quoted}, which is not at hand", "give the path of the .onnx file with that file beside it");
        }

        long offset = Number(where, "offset", 0, refuse);
        long length = Number(where, "length", bytes, refuse);
        if (length != bytes)
        {
            throw refuse($"has {length} bytes in {quoted} where its shape asks for {bytes}", "copy or export both files again");
        }

        try
        {
            FileInfo file = new(Path.Combine(folder, location));
            if (!file.Exists)
            {
                throw refuse(
                    $"keeps its numbers in {quoted}, which is not in the same folder",
                    "put both files into one folder under the names that they were exported with");
            }

            if (file.LinkTarget is not null || (file.Attributes & (FileAttributes.ReparsePoint | FileAttributes.Device | FileAttributes.Directory)) != 0)
            {
                throw refuse($"keeps its numbers in {quoted}, which is a link or no file, and is not opened", "put the file itself beside the .onnx file");
            }

            // A pipe and the like has the length 0, so that it is never opened, where it would wait for ever.
            if (offset > file.Length - bytes)
            {
                throw refuse($"ends at byte {offset + bytes} of {quoted}, which has {file.Length}", "copy or export both files again");
            }

            byte[] content = new byte[bytes];
            using FileStream stream = new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            stream.Position = offset;
            stream.ReadExactly(content);
            return content;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw refuse($"keeps its numbers in {quoted}, which cannot be read", "check that it is a file which you may read");
        }
    }

    private static bool IsPlain(string name) =>
        name.Length > 0 && name is not ("." or "..") && !name.Any(c => char.IsControl(c) || c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|')
        && name.Trim() == name && !name.EndsWith('.');

    private static long Number(Dictionary<string, string> where, string key, long otherwise, Func<string, string, InputRefusedException> refuse)
    {
        if (!where.TryGetValue(key, out string? text))
        {
            return otherwise;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= long.MaxValue / 2
            ? number
            : throw refuse($"has the {key} {ForeignName.Quote(text)} in another file", "copy or export both files again");
    }
}
