using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Sessions;

/// <summary>A model on the desktop beside the board that runs it, row by row, bit for bit.</summary>
/// <param name="Rows">Rows compared.</param>
/// <param name="Equal">Rows with the same integers.</param>
/// <param name="First">The first difference; null when there is none.</param>
internal sealed record BoardComparison(int Rows, int Equal, (int Row, int Output, int Desktop, int Board)? First)
{
    /// <summary>Asks the board about every row.</summary>
    /// <param name="model">The model on the desktop.</param>
    /// <param name="port">Where the board is; null for the one that is found.</param>
    /// <param name="keys">The board's keys; null for none.</param>
    /// <param name="rows">Rows[row][input].</param>
    /// <param name="progress">Told once per row.</param>
    /// <param name="cancellation">Ends it between two rows.</param>
    /// <exception cref="InputRefusedException">The board runs another model.</exception>
    internal static BoardComparison Of(ModelFile model, string? port, KeyFile? keys, double[][] rows, IProgress<ConversionProgress> progress, CancellationToken cancellation)
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
            progress.Report(new ConversionProgress("rows compared", (r + 1.0) / rows.Length));
            first ??= at < 0 ? null : (r, at, desktop[at], answer[at]);
        }

        board.ThrowIfReplaced(cancellation);
        return new BoardComparison(rows.Length, equal, first);
    }

    // A board gives its outputs, not what is inside: the neuron is one of the last layer.
    internal void Write(TextWriter writer, ModelFile model)
    {
        writer.WriteLine($"{Equal} of {Rows} rows bit-equal.");
        if (First is (int row, int output, int desktop, int board))
        {
            writer.WriteLine(
                $"First difference: row {row + 1}, layer {model.Model.Network.LayerCount - 1}, neuron {output} ({model.Outputs[output].Name}): {desktop} on the desktop, {board} on the board.");
        }
    }

    internal object Document(ModelFile model) => new
    {
        rows = Rows,
        equal = Equal,
        first = First is not (int row, int output, int desktop, int board) ? null : (object)new
        {
            row = row + 1,
            layer = model.Model.Network.LayerCount - 1,
            neuron = output,
            output = model.Outputs[output].Name,
            desktop,
            board,
        },
    };
}
