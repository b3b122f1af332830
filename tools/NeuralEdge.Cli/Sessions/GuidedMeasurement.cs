using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Sessions;

/// <summary>
/// Asks a person for two voltages, one after the other, and measures each. What cannot be measured is asked for again, because whoever stands
/// there with two wires in hand can mend it at once; and both when they make no correction, because either may have been the wrong one.
/// </summary>
/// <param name="questions">Where it asks.</param>
/// <param name="answers">Where a line says that the voltage is there.</param>
/// <param name="place">Where the voltage belongs, like "channel 0 (GPIO36)".</param>
/// <param name="measure">Measures the channel, in counts of the ADC itself.</param>
internal sealed class GuidedMeasurement(TextWriter questions, TextReader answers, string place, Func<CancellationToken, double> measure)
{
    /// <summary>Measures at both voltages.</summary>
    /// <param name="low">The lower one in volts.</param>
    /// <param name="high">The higher one.</param>
    /// <param name="cancellation">Ends the wait for an answer, too.</param>
    /// <returns>Points that make a correction.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled, or there are no more answers.</exception>
    /// <exception cref="BoardLinkException">The link or the board failed.</exception>
    internal CorrectionPoints Run(double low, double high, CancellationToken cancellation)
    {
        while (true)
        {
            CorrectionPoints points = CorrectionPoints.Of(Ask(low, cancellation), low, Ask(high, cancellation), high);
            try
            {
                points.Require();
                return points;
            }
            catch (InputRefusedException e)
            {
                questions.WriteLine($"{e.Message} Once more from the beginning; Ctrl+C gives up.");
            }
        }
    }

    private double Ask(double volts, CancellationToken cancellation)
    {
        while (true)
        {
            questions.Write(string.Create(CultureInfo.InvariantCulture, $"Put {volts} V on {place}, then press Enter. "));
            questions.Flush();

            // Ctrl+C ends the wait, too.
            Task<string?> line = Task.Run(answers.ReadLine, CancellationToken.None);
            line.Wait(cancellation);
            if (line.Result is null)
            {
                throw new OperationCanceledException();
            }

            try
            {
                double read = measure(cancellation);
                questions.WriteLine(string.Create(CultureInfo.InvariantCulture, $"It reads {read:F1}, which stands for {CorrectionPoints.VoltsOf(read):F3} V."));
                return read;
            }
            catch (InputRefusedException e)
            {
                questions.WriteLine($"{e.Message} Once more; Ctrl+C gives up.");
            }
        }
    }
}
