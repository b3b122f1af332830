using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Cli.Fleet;

/// <summary>What came of the work at many boards, at its end.</summary>
internal static class FleetText
{
    /// <summary>Writes the summary, or the one JSON document.</summary>
    /// <param name="outcomes">What became of each board.</param>
    /// <param name="done">What "done" means of several boards, "run the model".</param>
    /// <param name="doneByOne">The same of one, "runs the model".</param>
    /// <param name="json">Whether standard output is for a JSON document.</param>
    /// <returns>The exit code.</returns>
    internal static int Write(FleetOutcome[] outcomes, string done, string doneByOne, bool json)
    {
        FleetOutcome[] failed = [.. outcomes.Where(outcome => outcome.State == FleetState.Failed)];
        int untried = outcomes.Count(outcome => outcome.State == FleetState.NotTried);
        int good = outcomes.Length - failed.Length - untried;
        if (json)
        {
            Show.Json(new
            {
                done = good,
                failed = failed.Length,
                notTried = untried,
                boards = outcomes.Select(outcome => new { port = outcome.Board.Port, state = outcome.State, why = outcome.State == FleetState.Done ? null : outcome.Text, result = outcome.Document }),
            });
        }
        else
        {
            Console.Out.WriteLine($"{good} of {NumberText.Count(outcomes.Length, "board")} {(outcomes.Length == 1 ? doneByOne : done)}{(failed.Length == 0 ? "" : $", {failed.Length} failed")}{(untried == 0 ? "" : $", {untried} not tried")}.");
            foreach (FleetOutcome outcome in failed)
            {
                Console.Out.WriteLine($"failed: {outcome.Board.Port}: {outcome.Text}");
            }
        }

        return good == outcomes.Length ? ExitCode.Done : ExitCode.BoardFailed;
    }
}
