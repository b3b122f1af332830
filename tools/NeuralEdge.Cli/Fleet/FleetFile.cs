using System.Text.Json;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Fleet;

/// <summary>
/// A file of boards: a port a line, with empty lines and those that begin with # left out, or JSON,
/// <c>[{"port": "COM5", "keyFile": "pump.key"}, "COM6"]</c>. A key file is looked for beside the file.
/// </summary>
internal static class FleetFile
{
    private const int MostBytes = 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="keysOf">Reads a key file, whose path and name for sentences it is given.</param>
    /// <returns>The boards; one whose key file cannot be read says why.</returns>
    /// <exception cref="InputRefusedException">It names no boards, or one twice.</exception>
    internal static FleetBoard[] Read(string path, Func<string, string, KeyFile> keysOf)
    {
        string text;
        try
        {
            if (new FileInfo(path).Length > MostBytes)
            {
                throw new InputRefusedException($"{path} has more than {MostBytes} bytes, so it is no file of boards.");
            }

            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputRefusedException($"cannot read {path}: {(Directory.Exists(path) ? "it is a folder" : File.Exists(path) ? e.Message.TrimEnd('.') : "there is no such file")}; give a file with a port on each line.", e);
        }

        if (text.Any(letter => letter == '\uFFFD' || (char.IsControl(letter) && letter is not ('\r' or '\n' or '\t'))))
        {
            throw new InputRefusedException($"{path} is no text, so it is no file of boards; give a file with a port on each line.");
        }

        string start = text.TrimStart();
        if (start.StartsWith('{'))
        {
            throw new InputRefusedException($"{path} is one JSON object, and boards are a list of them: put it into brackets, like [{{\"port\": \"COM5\"}}].");
        }

        FleetBoard[] boards = start.StartsWith('[') ? OfJson(text, path, keysOf) : OfLines(text);
        if (boards.Length == 0)
        {
            throw new InputRefusedException($"{path} names no board; write a port on each line, like COM5 or socket://10.0.0.7:7007.");
        }

        FleetBoard[]? same = boards.GroupBy(board => HostLine.Normalise(board.Port), StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1)?.ToArray();
        if (same is not null)
        {
            string also = same[0].Port == same[1].Port ? "" : $", the second time as {NumberText.Quote(same[1].Port)}";
            throw new InputRefusedException($"{path} names {NumberText.Quote(same[0].Port)} twice{also}; a board can be talked to once at a time.");
        }

        return boards;
    }

    private static FleetBoard[] OfLines(string text) =>
        [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(line => new FleetBoard(line))];

    private static FleetBoard[] OfJson(string text, string path, Func<string, string, KeyFile> keysOf)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return [.. document.RootElement.EnumerateArray().Select((board, i) => OfJson(board, i + 1, path, keysOf))];
        }
        catch (JsonException e)
        {
            throw new InputRefusedException($"{path} is no JSON: {e.Message.Split('.')[0]}.", e);
        }
    }

    private static FleetBoard OfJson(JsonElement board, int number, string path, Func<string, string, KeyFile> keysOf)
    {
        string? port = null;
        KeyFile? keys = null;
        string? keyTrouble = null;
        if (board.ValueKind == JsonValueKind.String)
        {
            port = board.GetString();
        }
        else if (board.ValueKind == JsonValueKind.Object)
        {
            HashSet<string> seen = [];
            foreach (JsonProperty field in board.EnumerateObject())
            {
                if (!seen.Add(field.Name))
                {
                    throw new InputRefusedException($"{path}: board {number} has {NumberText.Quote(field.Name)} twice.");
                }

                string value = field.Value.ValueKind == JsonValueKind.String
                    ? field.Value.GetString()!
                    : throw new InputRefusedException($"{path}: {NumberText.Quote(field.Name)} of board {number} must be a text in quotes.");
                switch (field.Name)
                {
                    case "port":
                        port = value;
                        break;

                    case "keyFile":
                        try
                        {
                            keys = keysOf(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, value), $"keyFile of board {number}");
                        }
                        catch (InputRefusedException e)
                        {
                            // One board without keys keeps nobody from looking at the others.
                            keyTrouble = e.Message;
                        }

                        break;

                    default:
                        throw new InputRefusedException($"{path}: board {number} has a field {NumberText.Quote(field.Name)}; known are port and keyFile.");
                }
            }
        }

        return string.IsNullOrWhiteSpace(port)
            ? throw new InputRefusedException($"{path}: board {number} has no \"port\".")
            : new FleetBoard(port.Trim(), keys, keyTrouble);
    }
}
