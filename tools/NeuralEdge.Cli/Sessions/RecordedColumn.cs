using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Sessions;

/// <summary>A column of a recording.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Input">The input of the board's model that it is taken from.</param>
/// <param name="ToValue">What a raw input means.</param>
internal sealed record RecordedColumn(string Name, int Input, Func<int, double> ToValue)
{
    /// <summary>
    /// The columns of a recording: the inputs of the board's model in its units. The factory model's a and b mean
    /// nothing to the sensors that somebody has wired; instead of them come the counts of the ADC, as adc0 and so on,
    /// which training and the simulated board know how to wire.
    /// </summary>
    internal static RecordedColumn[] Of(ModelFile model, bool isFactoryModel)
    {
        ModelInput[] inputs = model.Inputs;
        InputBinding[] bindings = model.Model.Bindings.Inputs;
        RecordedColumn[] columns = new RecordedColumn[inputs.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            ModelInput input = inputs[i];
            double steps = Math.ScaleB(1, bindings[i].FractionBits);
            columns[i] = isFactoryModel && bindings[i].Source == InputBinding.SourceAdc
                ? new RecordedColumn($"adc{bindings[i].Channel}", i, raw => raw / steps)
                : new RecordedColumn(input.Name, i, raw => input.ToValue(raw));
        }

        return columns;
    }
}
