using NeuralEdge.Board.Security;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Sessions;

/// <summary>A session with a board and the model that it runs, so that raw integers can be shown as values.</summary>
internal sealed class BoardSession : IDisposable
{
    /// <summary>Opens a session and reads the board's model.</summary>
    /// <exception cref="BoardLinkException">Nothing answers there, or the model cannot be understood.</exception>
    internal BoardSession(string? port, KeyFile? keys, CancellationToken cancellation)
        : this(BoardPort.Connect(port, keys, cancellation), cancellation)
    {
    }

    /// <summary>Reads the board's model over a link, which then belongs to the session.</summary>
    /// <exception cref="BoardLinkException">Nothing answers there, or the model cannot be understood.</exception>
    internal BoardSession(BoardLink link, CancellationToken cancellation)
    {
        Link = link;
        try
        {
            Model = ReadModel(Link, cancellation);
        }
        catch
        {
            Link.Dispose();
            throw;
        }
    }

    /// <summary>The link.</summary>
    internal BoardLink Link { get; }

    /// <summary>The model as it was read last.</summary>
    internal ModelFile Model { get; private set; }

    /// <summary>Reads the running model back from a board.</summary>
    /// <exception cref="BoardLinkException">It does not answer, or the model cannot be understood.</exception>
    internal static ModelFile ReadModel(BoardLink link, CancellationToken cancellation)
    {
        try
        {
            return ModelFile.Parse(link.ReadModel(cancellation), "the board's model");
        }
        catch (InputRefusedException e)
        {
            throw new BoardLinkException($"The model read back from the board at {link.Port} cannot be understood: {e.Message}", e);
        }
    }

    /// <summary>Whether a board gives its model to read to whoever has keys, or has none.</summary>
    /// <param name="report">What it says of itself.</param>
    /// <param name="hasKeys">Whether there are keys.</param>
    internal static bool ShowsModel(BoardReport report, bool hasKeys) =>
        report.ModelLength > 0 && report.SecurityMode is not (SecurityMode.Lost or SecurityMode.WithoutCode) && (report.SecurityMode != SecurityMode.ReadingClosed || hasKeys);

    /// <summary>Reads the model that a report is about.</summary>
    /// <returns>Null for none, for one that the board does not show, and when it runs another one by now.</returns>
    /// <exception cref="BoardLinkException">It does not answer, or the model cannot be understood.</exception>
    internal static ModelFile? ReadModel(BoardLink link, BoardReport report, bool hasKeys, CancellationToken cancellation)
    {
        ModelFile? model = ShowsModel(report, hasKeys) ? ReadModel(link, cancellation) : null;
        return model?.Model.Digest == report.Digest ? model : null;
    }

    /// <summary>Reads the model anew: the board may run another one by now.</summary>
    internal void ReadModelAgain(CancellationToken cancellation) => Model = ReadModel(Link, cancellation);

    /// <summary>What the board says of itself while it runs <see cref="Model"/>, which is read anew when it runs another one.</summary>
    /// <exception cref="BoardLinkException">It does not answer, or says of its model what is not so.</exception>
    internal BoardReport Info(CancellationToken cancellation)
    {
        BoardReport report = Link.Info(cancellation);
        if (report.Digest != Model.Model.Digest)
        {
            ReadModelAgain(cancellation);
            report = Link.Info(cancellation);
            ThrowIfReplaced(report);
        }

        return report.InputCount == Model.Inputs.Length && report.OutputCount == Model.Outputs.Length
            ? report
            : throw new BoardLinkException($"The board at {Link.Port} says that its model has {Counts(report.InputCount, report.OutputCount)}, but the one that it gave has {Counts(Model.Inputs.Length, Model.Outputs.Length)}: restart it and try again.");
    }

    /// <summary>Has the board run its model once.</summary>
    /// <param name="raw">Raw inputs.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="BoardLinkException">It does not answer, or not with the outputs of its model.</exception>
    internal Answer Ask(int[] raw, CancellationToken cancellation)
    {
        Answer answer = Link.Ask(raw, cancellation);
        return answer.Outputs.Length == Model.Outputs.Length
            ? answer
            : throw new BoardLinkException($"The board at {Link.Port} answered with {NumberText.Count(answer.Outputs.Length, "output")}, but its model has {Model.Outputs.Length}: it may have been given another model, so repeat the command.");
    }

    /// <summary>Claims that what was answered since the model was read are answers of that model.</summary>
    /// <exception cref="BoardLinkException">The board runs another one by now, or does not answer.</exception>
    internal void ThrowIfReplaced(CancellationToken cancellation) => ThrowIfReplaced(Link.Info(cancellation));

    public void Dispose() => Link.Dispose();

    private static string Counts(int inputs, int outputs) => $"{NumberText.Count(inputs, "input")} and {NumberText.Count(outputs, "output")}";

    private void ThrowIfReplaced(BoardReport report)
    {
        if (report.Digest != Model.Model.Digest)
        {
            throw new BoardLinkException($"The board at {Link.Port} was given another model meanwhile: repeat the command.");
        }
    }
}
