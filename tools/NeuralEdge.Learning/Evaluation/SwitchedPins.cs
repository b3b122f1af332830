using NeuralEdge.Board.Control;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>
/// What pins do while windows follow each other, by the board's own rules: averages, votes, least probability, shortest and longest times,
/// groups. A recording begins with all loads off, and off for long enough.
/// </summary>
internal sealed class SwitchedPins
{
    // Longer than any shortest time off.
    private const long LongAgo = 24L * 3600 * 1_000_000;

    private readonly ModelFile _file;
    private readonly int _hop;
    private readonly long _period;
    private OutputRules _rules;
    private long _now;

    /// <summary>Pins of a model, at the beginning of a recording.</summary>
    /// <param name="file">The model; whoever asks <see cref="Next"/> has it run first.</param>
    /// <param name="plan">Its windows.</param>
    internal SwitchedPins(ModelFile file, WindowPlan plan)
    {
        _file = file;
        _hop = plan.Hop;
        _period = plan.PeriodMs * 1000L;
        _rules = NewRules();
    }

    /// <summary>Another recording begins.</summary>
    internal void Begin() => _rules = NewRules();

    /// <summary>Decides by the outputs of the last run, and lets a hop go by.</summary>
    /// <returns>For each output whether its pin is on when the next decision is due; false without a pin.</returns>
    internal bool[] Next()
    {
        _rules.Ask();
        for (int tick = 0; tick < _hop; tick++)
        {
            _rules.Settle(_now);
            _now += _period;
        }

        return [.. Enumerable.Range(0, _file.Outputs.Length).Select(_rules.IsOn)];
    }

    private OutputRules NewRules()
    {
        OutputBinding[] bound = [.. _file.Model.Bindings.Outputs.Where(output => output.Rule != OutputBinding.RuleNone)];
        OutputRules rules = new(_file.Model, new SafeOutputs(new NoPins(), [.. bound.Select(output => new SafePin(output.Pin, output.ActiveLow))]));
        rules.Begin(null, 0);
        _now = LongAgo;
        return rules;
    }

    private sealed class NoPins : IOutputPins
    {
        public void Write(int pin, bool high)
        {
            // Nothing is wired to a computer that trains.
        }
    }
}
