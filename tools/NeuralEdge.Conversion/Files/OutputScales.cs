using System.Globalization;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Files;

/// <summary>Whether outputs compare as integers the way their values do (FORMAT.md, section 3).</summary>
internal static class OutputScales
{
    /// <summary>True when the larger of any two raw outputs has the larger value: all have one scale, above 0, and one offset.</summary>
    /// <param name="outputs">One for each output.</param>
    internal static bool AreOne(ModelOutput[] outputs) => FirstUnlike(outputs) is null;

    /// <summary>Refuses a model whose pins a board would switch by another class than its values say.</summary>
    /// <param name="bindings">What the pins follow.</param>
    /// <param name="outputs">One for each output.</param>
    /// <param name="name">What to call the model.</param>
    /// <exception cref="InputRefusedException">A pin follows the largest of outputs that do not compare as integers.</exception>
    internal static void Require(Bindings bindings, ModelOutput[] outputs, string name)
    {
        if (Array.Exists(bindings.Outputs, binding => binding.Rule == OutputBinding.RuleArgMax) && FirstUnlike(outputs) is ModelOutput other)
        {
            throw new InputRefusedException(
                $"{name}: a pin is on while its output is the largest, which a board tells by the integers, but those of {Text(outputs[0])} and {Text(other)} do not compare as their values do; make the model with one scale above 0 and one offset for all outputs.");
        }
    }

    private static ModelOutput? FirstUnlike(ModelOutput[] outputs) =>
        Array.Find(outputs[1..], output => output.Scale != outputs[0].Scale || output.Offset != outputs[0].Offset || output.Scale < 0);

    private static string Text(ModelOutput output) =>
        string.Create(CultureInfo.InvariantCulture, $"{NumberText.Quote(output.Name)} (scale {output.Scale}, offset {output.Offset})");
}
