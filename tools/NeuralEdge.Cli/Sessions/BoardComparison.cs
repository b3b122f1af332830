using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Sessions;

/// <summary>A model on the desktop beside the board that runs it, row by row, bit for bit.</summary>
/// <param name="Rows">Rows compared.</param>
/// <param name="Equal">Rows with the same integers.</param>
/// <param name="First">The first difference; null when there is none.</param>
/// <param name="Lines">The line of the table that each row is from, or that a window ends in.</param>
/// <param name="AreWindows">True when rows are features that were computed here of windows of the table.</param>
internal sealed record BoardComparison(int Rows, int Equal, (int Row, int Output, int Desktop, int Board)? First, int[] Lines, bool AreWindows)
{
    /// <summary>Asks the board about every row.</summary>
    /// <param name="model">The model on the desktop.</param>
    /// <param name="port">Where the board is; null for the one that is found.</param>
    /// <param name="keys">The board's keys; null for none.</param>
    /// <param name="rows">Rows[row][input].</param>
    /// <param name="lines">The line of the table that each row is from.</param>
    /// <param name="areWindows">True when the rows are features that were computed here of windows of the table.</param>
    /// <param name="progress">Told once per row.</param>
    /// <param name="cancellation">Ends it between two rows.</param>
    /// <exception cref="InputRefusedException">The board runs another model.</exception>
    internal static BoardComparison Of(ModelFile model, string? port, KeyFile? keys, double[][] rows, int[] lines, bool areWindows, IProgress<ConversionProgress> progress, CancellationToken cancellation)
    {
        using BoardSession board = new(port, keys, cancellation);
        if (board.Model.Model.Digest != model.Model.Digest)
        {
            throw new InputRefusedException(
                $"the board runs the model {Show.Digest(board.Model.Model.Digest)}, and the file is {Show.Digest(model.Model.Digest)}; upload the file first, or give the one that runs.");
        }

        int equal = 0;
        (int Row, int Output, int Desktop, int Board)? first = null;
        for (int r = 0; r < rows.Length; r++)
        {
            int[] raw = model.ToRaw(rows[r]);
            int[] desktop = model.Run(raw);
            int[] answer = board.Ask(raw, cancellation).Outputs;
            int at = Enumerable.Range(0, desktop.Length).FirstOrDefault(o => desktop[o] != answer[o], -1);
            equal += at < 0 ? 1 : 0;
            progress.Report(new ConversionProgress(areWindows ? "windows compared" : "rows compared", (r + 1.0) / rows.Length));
            first ??= at < 0 ? null : (r, at, desktop[at], answer[at]);
        }

        board.ThrowIfReplaced(cancellation);
        return new BoardComparison(rows.Length, equal, first, lines, areWindows);
    }

    // A board gives its outputs, not what is inside: the neuron is one of the last layer.
    internal void Write(TextWriter writer, ModelFile model)
    {
        writer.WriteLine($"{Equal} of {Rows} {Noun}s bit-equal.");
        if (AreWindows)
        {
            writer.WriteLine($"Features were computed on this computer, by the board's own code, and the board was asked for its outputs of them; that it computes features alike, it has shown with {NumberText.Count(model.Model.WindowTests?.Count ?? 0, "test window")} of the model file when it took the model.");
        }

        if (First is (int row, int output, int desktop, int board))
        {
            writer.WriteLine(
                $"First difference: {Noun} {row + 1}{(AreWindows ? $", which ends in line {Lines[row]}" : "")}, layer {model.Model.Network.LayerCount - 1}, neuron {output} ({model.Outputs[output].Name}): {desktop} on the desktop, {board} on the board.");
        }
    }

    private string Noun => AreWindows ? "window" : "row";

    internal object Document(ModelFile model) => new
    {
        rows = Rows,
        windows = AreWindows,
        testWindows = model.Model.WindowTests?.Count,
        equal = Equal,
        first = First is not (int row, int output, int desktop, int board) ? null : (object)new
        {
            row = row + 1,
            line = Lines[row],
            layer = model.Model.Network.LayerCount - 1,
            neuron = output,
            output = model.Outputs[output].Name,
            desktop,
            board,
        },
    };
}
