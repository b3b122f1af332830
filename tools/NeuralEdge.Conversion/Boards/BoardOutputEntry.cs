using NeuralEdge.Board.Chips;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Boards;

/// <summary>An entry of "outputs" in a board file: a load on a pin, and when it switches.</summary>
/// <param name="Output">The load.</param>
/// <param name="HasRule">False when the entry leaves the rule to the model.</param>
/// <param name="SaysPolarity">False when the entry leaves to the board which level is active.</param>
internal sealed record BoardOutputEntry(BoardOutput Output, bool HasRule, bool SaysPolarity)
{
    private const int LongestMinimumMs = Safeguards.MaxTimeMs;
    private const double LargestThreshold = 1e12;

    // No load is worth switching faster, and a rest that is hardly one makes no limit.
    private const int ShortestLimitMs = 100;

    /// <summary>Reads all entries.</summary>
    /// <param name="at">The value of "outputs".</param>
    /// <param name="chip">The board's chip.</param>
    /// <param name="inputs">Inputs of the same file.</param>
    /// <exception cref="InputRefusedException">The chip does not drive a pin, a rule makes no sense, or two entries are at odds.</exception>
    internal static BoardOutputEntry[] ReadAll(JsonInput at, Chip chip, BoardInput[] inputs)
    {
        at.RequireArray(0, BoardLimits.WidestLayer, "outputs");
        BoardOutputEntry[] entries = new BoardOutputEntry[at.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = Read(at[i], chip);
            BoardOutput output = entries[i].Output;
            for (int k = 0; k < i; k++)
            {
                if (entries[k].Output.Name == output.Name)
                {
                    throw at[i]["name"].Refuse($"is {NumberText.Quote(output.Name)}, as is outputs[{k}].name; give every output once");
                }

                if (entries[k].Output.Pin == output.Pin)
                {
                    throw at[i]["pin"].Refuse($"is {output.Pin}, which outputs[{k}] has already; take another pin");
                }
            }

            if (Array.FindIndex(inputs, input => input.Sensor is null && chip.GpioOfAdc(input.Adc) == output.Pin) is >= 0 and int sensor)
            {
                throw at[i]["pin"].Refuse($"is {output.Pin}, which inputs[{sensor}] has as ADC channel {inputs[sensor].Adc}; take another pin");
            }
        }

        // A group of one keeps nothing apart, which is what a misspelled name looks like.
        int lonely = Array.FindIndex(entries, load => load.Output.Group is not null and not BoardOutput.NoGroup && entries.Count(other => other.Output.Group == load.Output.Group) == 1);
        return lonely < 0
            ? entries
            : throw at[lonely]["group"].Refuse($"is {NumberText.Quote(entries[lonely].Output.Group!)}, and no other output is in it; name another one, or leave \"group\" out");
    }

    /// <summary>The load as a board has it.</summary>
    /// <param name="wiring">What the board says about its pins.</param>
    /// <exception cref="InputRefusedException">The board does not drive the pin, or its load runs at the other level.</exception>
    internal BoardOutput On(BoardWiring wiring) => wiring.Wire(Output, SaysPolarity);

    private static BoardOutputEntry Read(JsonInput at, Chip chip)
    {
        at.RequireObject("name", "pin", "on", "off", "minOnMs", "minOffMs", "maxOnMs", "restMs", "group", "activeLow", "argmax", "rule");
        string name = at["name"].Name();
        int pin = at["pin"].Integer(0, 63);
        if (BoardPins.WhyNotOutput(chip, pin) is string why)
        {
            throw at["pin"].Refuse($"is {pin}, but GPIO {pin} {why}; take one of {string.Join(", ", BoardPins.OutputsOf(chip))}");
        }

        bool? argMax = ReadRule(at);
        bool thresholds = at["on"].Exists || at["off"].Exists;
        if (argMax == true && thresholds)
        {
            throw at.Refuse("follows arg-max and has on or off too; remove one of the two rules");
        }

        if (argMax == false && !thresholds)
        {
            throw at.Refuse("does not follow arg-max and has no on either; give on and off");
        }

        double on = 0.5;
        double off = 0.5;
        if (thresholds)
        {
            on = at["on"].Number(-LargestThreshold, LargestThreshold);
            off = at["off"].Exists ? at["off"].Number(-LargestThreshold, LargestThreshold) : on;
        }

        int minOnMs = at["minOnMs"].Exists ? at["minOnMs"].Integer(0, LongestMinimumMs) : 0;
        int minOffMs = at["minOffMs"].Exists ? at["minOffMs"].Integer(0, LongestMinimumMs) : 0;
        bool activeLow = at["activeLow"].Exists && at["activeLow"].Flag();
        (int maxOnMs, int restMs) = ReadLimit(at, minOnMs);
        string? group = at["group"].Exists ? at["group"].Name() : null;
        return new BoardOutputEntry(new BoardOutput(name, pin, argMax == true, on, off, minOnMs, minOffMs, activeLow, maxOnMs, restMs, group), argMax == true || thresholds, at["activeLow"].Exists);
    }

    private static (int MaxOnMs, int RestMs) ReadLimit(JsonInput at, int minOnMs)
    {
        if (!at["maxOnMs"].Exists)
        {
            return at["restMs"].Exists ? throw at["restMs"].Refuse("says how long to rest, but no maxOnMs says from what; give both") : (0, 0);
        }

        int maxOnMs = at["maxOnMs"].Integer(ShortestLimitMs, LongestMinimumMs);
        if (maxOnMs < minOnMs)
        {
            throw at["maxOnMs"].Refuse($"is {maxOnMs}, which is shorter than minOnMs, {minOnMs}; correct one of them");
        }

        return (maxOnMs, at["restMs"].Exists ? at["restMs"].Integer(ShortestLimitMs, LongestMinimumMs) : 0);
    }

    /// <summary>True for arg-max, false for thresholds, null when the file does not say.</summary>
    private static bool? ReadRule(JsonInput at)
    {
        bool? flag = at["argmax"].Exists ? at["argmax"].Flag() : null;
        if (!at["rule"].Exists)
        {
            return flag;
        }

        string rule = at["rule"].Text(Names.MostBytes);
        bool byRule = rule switch
        {
            "argmax" => true,
            "threshold" => false,
            _ => throw at["rule"].Refuse($"is {NumberText.Quote(rule)}; known are argmax and threshold"),
        };
        return flag is bool other && other != byRule ? throw at["rule"].Refuse("contradicts argmax beside it; remove one of them") : byRule;
    }
}
