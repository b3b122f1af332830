using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Binding;

/// <summary>What a board file says so that loads and sensors do no harm, by the indices of the model.</summary>
internal static class LoadProtection
{
    /// <summary>The safeguards of a model.</summary>
    /// <param name="sampled">Names of what is sampled.</param>
    /// <param name="model">Names of the outputs.</param>
    /// <param name="board">The wiring.</param>
    /// <param name="outputs">The bindings made of it.</param>
    internal static Safeguards Of(IReadOnlyList<string> sampled, FloatModel model, BoardSpec board, OutputBinding[] outputs)
    {
        Safeguards safeguards = new(sampled.Count, outputs) { DeadTimeMs = board.DeadTimeMs };
        for (int i = 0; i < sampled.Count; i++)
        {
            if (board.Inputs.FirstOrDefault(sensor => sensor.Name == sampled[i]) is BoardInput sensor)
            {
                safeguards.SetInput(i, sensor.Plausible?.Least ?? 0, sensor.Plausible?.Most ?? 0, sensor.FrozenMs);
            }
        }

        List<string> groups = [];
        for (int o = 0; o < outputs.Length; o++)
        {
            if (board.Outputs.FirstOrDefault(load => load.Name == model.Outputs[o].Name) is BoardOutput load)
            {
                safeguards.SetOutput(o, load.MaxOnMs, load.RestMs, load.Group is string name ? NumberOf(name, groups) : safeguards.GetGroup(o));
            }
        }

        return safeguards;
    }

    // Behind the group of those that follow arg-max.
    private static int NumberOf(string name, List<string> groups)
    {
        if (name == BoardOutput.NoGroup)
        {
            return 0;
        }

        if (!groups.Contains(name))
        {
            groups.Add(name);
        }

        int number = Safeguards.DefaultGroup + 1 + groups.IndexOf(name);
        return number <= byte.MaxValue ? number : throw new InputRefusedException($"the board file has more than {groups.Count - 1} groups; put outputs into fewer.");
    }
}
