#nullable enable
using System.Globalization;
using NeuralEdge.Simulator.Sensors;

namespace NeuralEdge.Simulator;

/// <summary>Every change of a pin as a row of a CSV file: microseconds,start,pin,level (1, 0, or z for no output).</summary>
internal sealed class PinLog : IDisposable
{
    private readonly StreamWriter _writer;

    /// <summary>Begins a log.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SimulatorException">It cannot be written; the message is a sentence.</exception>
    public PinLog(string path)
    {
        try
        {
            // Line by line to the file: the log is wanted most when this process is killed.
            _writer = new StreamWriter(path) { AutoFlush = true, NewLine = "\n" };
            _writer.WriteLine("microseconds,start,pin,level");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SimulatorException($"The pin log {path} cannot be written ({e.Message.TrimEnd('.')}): give the path of a file in a folder that you may write to.", e);
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="change">The change.</param>
    public void Write(PinEvent change)
    {
        string level = change.Level switch { true => "1", false => "0", null => "z" };
        lock (_writer)
        {
            _writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{change.At.TotalMicroseconds:F0},{change.Start},{change.Pin},{level}"));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
