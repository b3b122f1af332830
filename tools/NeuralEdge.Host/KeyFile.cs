using System.Security.Cryptography;
using NeuralEdge.Board.Security;
using NeuralEdge.Conversion;

namespace NeuralEdge.Host;

/// <summary>
/// The keys of a board in a text file of two lines with 64 hexadecimal digits each: the key to use, and the one that replaces both.
/// A file for everyday use may have the first line only. No key is ever part of a message.
/// </summary>
public sealed class KeyFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private KeyFile(string path, byte[] key, byte[]? replacement)
    {
        Path = path;
        Key = key;
        Replacement = replacement;
    }

    /// <summary>The path as the user wrote it.</summary>
    public string Path { get; }

    /// <summary>True when there is a replacement key.</summary>
    public bool HasReplacement => Replacement is not null;

    /// <summary>True when the file is known to be its owner's alone; on Windows, where it takes the rights of its folder, it is not known.</summary>
    public bool IsPrivate => !OperatingSystem.IsWindows() && !IsOpenToOthers;

    /// <summary>True when other users of this computer may read or change the file.</summary>
    public bool IsOpenToOthers => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(Path) & Others) != 0;

    /// <summary>The key to use.</summary>
    internal byte[] Key { get; }

    /// <summary>The key that replaces both, null when the file does not have it.</summary>
    internal byte[]? Replacement { get; }

    /// <summary>Reads a key file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="InputRefusedException">It cannot be read, or is no key file.</exception>
    public static KeyFile Load(string path)
    {
        string[] lines;
        try
        {
            // A key file has 130 characters; whatever is much larger is something else.
            if (new FileInfo(path).Length > 1024)
            {
                throw NoKeyFile(path);
            }

            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputRefusedException($"Cannot read the key file \"{path}\": {Why(e)}; give its path, or make one with neuraledge provision --new-key.", e);
        }

        byte[][] keys = [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0).Select(line => Parse(path, line))];
        return keys.Length switch
        {
            1 => new KeyFile(path, keys[0], null),
            2 when !keys[0].AsSpan().SequenceEqual(keys[1]) => new KeyFile(path, keys[0], keys[1]),
            2 => throw new InputRefusedException($"The two keys in \"{path}\" are the same: the second one must be able to replace the first."),
            _ => throw NoKeyFile(path),
        };
    }

    /// <summary>Makes a key file of two fresh keys that only its owner may read, where the system can do that: see <see cref="IsPrivate"/>.</summary>
    /// <param name="path">Where; there must be nothing yet.</param>
    /// <exception cref="InputRefusedException">There is a file, or none can be made there.</exception>
    public static KeyFile Create(string path)
    {
        KeyFile file = new(path, RandomNumberGenerator.GetBytes(KeyedMessages.KeyLength), RandomNumberGenerator.GetBytes(KeyedMessages.KeyLength));
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using StreamWriter writer = new(path, options);
            writer.Write($"{Convert.ToHexString(file.Key)}\n{Convert.ToHexString(file.Replacement!)}\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw File.Exists(path)
                ? new InputRefusedException($"There is a file \"{path}\" already, and keys are not written over: give another path.", e)
                : new InputRefusedException($"Cannot write the key file \"{path}\": {Why(e)}; give the path of a file in a folder that you may write to.", e);
        }

        return file;
    }

    // In our words: the system's name whole paths and differ from one system to the next.
    private static string Why(Exception e) => e switch
    {
        FileNotFoundException => "there is no such file",
        DirectoryNotFoundException => "there is no such folder",
        UnauthorizedAccessException => "you have no right to, or it is a folder",
        PathTooLongException => "the path is too long",
        ArgumentException or NotSupportedException => "that is no path of a file",
        _ => "the disk or the system refused",
    };

    private static byte[] Parse(string path, string line)
    {
        if (line.Length != 2 * KeyedMessages.KeyLength || line.Any(letter => !char.IsAsciiHexDigit(letter)))
        {
            throw NoKeyFile(path);
        }

        byte[] key = Convert.FromHexString(line);
        return key.Any(b => b != 0) ? key : throw NoKeyFile(path);
    }

    private static InputRefusedException NoKeyFile(string path) =>
        new($"\"{path}\" is no key file: it must have two lines of 64 hexadecimal digits, the key to use and the one that replaces it; make one with neuraledge provision --new-key.");
}
