using System.Text;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;
using NeuralEdge.Learning.Data;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Sessions;

/// <summary>What a board's sensors read, as the text of a table; below the rows of a table that exists.</summary>
internal sealed class Recording
{
    private readonly LiveSession _session;
    private readonly RecordedColumn[] _sensors;
    private readonly StringBuilder _text;

    /// <summary>Prepares a recording.</summary>
    /// <param name="session">The board.</param>
    /// <param name="path">The table; its rows are kept when it exists.</param>
    /// <exception cref="InputRefusedException">The table has other columns than the board gives.</exception>
    internal Recording(LiveSession session, string path)
    {
        _session = session;
        _sensors = RecordedColumn.Of(session.Model, session.RunsFactoryModel);
        string[] columns = [.. _sensors.Select(s => s.Name), "label"];
        string before = Existing(path, columns);
        IsAppended = before.Length > 0;
        _text = new StringBuilder(IsAppended ? before : string.Join(',', columns.Select(CsvText.Quote)) + "\n");
    }

    /// <summary>True when the table had rows already.</summary>
    internal bool IsAppended { get; }

    /// <summary>How many rows were added.</summary>
    internal int Rows { get; private set; }

    /// <summary>The whole table.</summary>
    internal byte[] Bytes => Encoding.UTF8.GetBytes(_text.ToString());

    /// <summary>Records.</summary>
    /// <param name="wanted">How many rows.</param>
    /// <param name="label">What is going on.</param>
    /// <param name="told">Is told how many rows there are.</param>
    /// <param name="cancellation">Ends it; what was recorded is kept.</param>
    /// <returns>How many rows were added.</returns>
    internal int Add(int wanted, string label, Action<int> told, CancellationToken cancellation)
    {
        if (Array.TrueForAll(_session.Model.Model.Bindings.Inputs, i => i.Source == InputBinding.SourceNone))
        {
            throw new InputRefusedException("The board's model reads no ADC channel, so there is nothing to record; upload a model that is wired, such as one made with --board BOARD.json.");
        }

        uint digest = _session.Model.Model.Digest;
        for (int r = 0; r < wanted; r++)
        {
            LiveValues live;
            try
            {
                live = _session.Next(cancellation);
            }
            catch (OperationCanceledException) when (r > 0)
            {
                return r;
            }

            if (_session.Model.Model.Digest != digest)
            {
                throw new BoardLinkException("The board was given another model while it was recorded from; record again.");
            }

            _text.AppendJoin(',', _sensors.Select(s => Show.Value(s.ToValue(live.Inputs[s.Input]))).Append(CsvText.Quote(label))).Append('\n');
            Rows = r + 1;
            told(Rows);
        }

        return wanted;
    }

    // Rows are added only below the same columns: a table of two kinds of rows could not be trained on.
    private static string Existing(string path, string[] expected)
    {
        if (!File.Exists(path) || OutputFile.IsDevice(path))
        {
            return "";
        }

        string text = TextFile.Read(path, Table.MaximumBytes);
        Table table = Table.Parse(text, path);
        if (!table.Columns.SequenceEqual(expected))
        {
            throw new InputRefusedException($"{path} has the columns {string.Join(", ", table.Columns)}, but this board gives {string.Join(", ", expected)}; choose another file.");
        }

        return text.EndsWith('\n') ? text : text + "\n";
    }
}
