using NeuralEdge.Board.Control;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;

namespace NeuralEdge.Studio.Watching;

/// <summary>
/// What the board's own rules decide about the pins of a model, one row of values after the other, as if there were all the time in the
/// world between two of them: shortest, longest and dead times are left out, thresholds and outputs that exclude each other are not.
/// </summary>
public sealed class PinDecision
{
    private const int Q15 = 32768;

    private readonly ModelFile _model;
    private readonly OutputRule?[] _rules;

    /// <summary>All pins are off.</summary>
    /// <param name="model">The model.</param>
    public PinDecision(ModelFile model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _rules = [.. model.Model.Bindings.Outputs.Select(of => of.Rule == OutputBinding.RuleNone ? null
            : new OutputRule(new LoadState(), new OutputBinding(of.Rule, of.Pin, of.ActiveLow, of.On, of.Off, 0, 0), 0, 0))];
    }

    /// <summary>Decides about a row.</summary>
    /// <param name="outputs">The network's integers, one for each output.</param>
    public void Decide(int[] outputs)
    {
        int winner = _model.ClassOf(outputs);
        int[] values = _model.Model.Network.HasProbabilities ? [.. _model.ToValues(outputs).Select(p => (int)Math.Round(Q15 * p))] : outputs;
        for (int o = 0; o < _rules.Length; o++)
        {
            if (_model.Model.Bindings.Outputs[o].Rule == OutputBinding.RuleArgMax)
            {
                _rules[o]?.Ask(o == winner);
            }
            else
            {
                _rules[o]?.Ask(values[o]);
            }

            _rules[o]?.GoOff(0);
        }

        // Off before on, as on the board: who leaves makes room.
        for (int o = 0; o < _rules.Length; o++)
        {
            if (_rules[o] is OutputRule rule && rule.MayGoOn(0) && IsFree(o))
            {
                rule.Load.GoOn(0);
            }
        }
    }

    /// <summary>Whether a pin is on; null for an output without one.</summary>
    /// <param name="output">Which output, from 0.</param>
    public bool? IsOn(int output) => _rules[output]?.Load.IsOn;

    private bool IsFree(int output)
    {
        Safeguards safeguards = _model.Model.Bindings.Safeguards;
        int group = safeguards.GetGroup(output);
        return group == 0 || !Enumerable.Range(0, _rules.Length).Any(o => o != output && safeguards.GetGroup(o) == group && IsOn(o) == true);
    }
}
