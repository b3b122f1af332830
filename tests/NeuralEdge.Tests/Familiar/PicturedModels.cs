using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Familiar;

/// <summary>Models that know the soil log they were made with; the pump at GPIO18 runs while the soil's count is 2000 or more.</summary>
internal static class PicturedModels
{
    /// <summary>A model of soil, light and temperature at the ADC channels 0, 1 and 2.</summary>
    /// <param name="isDoubt">True when outputs go safe while inputs are unfamiliar.</param>
    /// <param name="wired">How many of the inputs have a sensor.</param>
    /// <param name="rows">Rows of the log.</param>
    /// <param name="periodMs">Period of the loop.</param>
    internal static ModelFile Create(bool isDoubt = false, int wired = 3, int rows = 3000, int periodMs = 100)
    {
        string[] names = ["soil", "light", "temperature"];
        FloatModel model = new(
            new FloatNetwork(new FloatLayer([[1, 0, 0]], [0], Activation.Linear)),
            [.. names.Select(name => new InputSpec(name, "", 0, 4095))],
            [new OutputSpec("pump")]);
        BoardSpec board = new(
            periodMs,
            [.. names.Take(wired).Select((name, i) => new BoardInput(name, i))],
            [new BoardOutput("pump", 18, ArgMax: false, On: 2000, Off: 1900)],
            UnfamiliarIsFault: isDoubt);
        return Converter.Convert(new(model, ModelTask.Regression, board, Profile.Exact, Samples: SensorLogs.Soil(1, rows), Work: Examples.QuickProof)).File;
    }
}
