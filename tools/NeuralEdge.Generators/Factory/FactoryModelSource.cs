using System.Text;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Networks;
using NeuralEdge.Generators.Text;

namespace NeuralEdge.Generators.Factory;

/// <summary>
/// Makes the factory model, the one a board falls back to when it has no other, and the source file that compiles it
/// into the firmware.
/// </summary>
public static class FactoryModelSource
{
    /// <summary>
    /// The worked example: 2 tanh(a + b) - tanh(b - a). Two potentiometers on ADC1 channels 0 and 3 turn a and b from
    /// -4 to 4 (512 counts each), and no pin is driven: a board that nobody has taught anything switches nothing.
    /// </summary>
    public static ModelFile Make()
    {
        CountCalibration counts = new(0, 4096, -4, 4);
        FloatModel model = new(
            new FloatNetwork(
                new FloatLayer([[1, 1], [-1, 1]], [0, 0], Activation.Tanh),
                new FloatLayer([[2, -1]], [0], Activation.Linear)),
            [new InputSpec("a", "", -4, 4, counts), new InputSpec("b", "", -4, 4, counts)],
            [new OutputSpec("y")]);
        BoardSpec board = new(0, [new BoardInput("a", 0), new BoardInput("b", 3)], []);
        return Converter.Convert(new(model, ModelTask.Regression, board, Profile.Exact, "name: worked example (factory model)")).File;
    }

    /// <summary>The source file, below the folder of NeuralEdge.sln.</summary>
    public const string Path = "shared/NeuralEdge/Models/FactoryModel.g.cs";

    /// <summary>The text of that file.</summary>
    public static string Write()
    {
        byte[] bytes = Make().Bytes;
        StringBuilder source = new();
        source.Append(
            """
            namespace NeuralEdge.Models
            {
                /// <summary>
                /// The model a board runs while it has no other: the worked example, 2 tanh(a + b) - tanh(b - a). It drives no pin.
                /// </summary>
                /// <remarks>What the converter makes of it today, as a test says.</remarks>
                public static class FactoryModel
                {
                    /// <summary>The model file; a new array each time, so that it does not stay in memory.</summary>
                    /// <returns>The bytes described in FORMAT.md.</returns>
                    public static byte[] GetBytes()
                    {
                        return new byte[]
                        {

            """);
        for (int at = 0; at < bytes.Length; at += 16)
        {
            source.Append("                ");
            source.AppendJoin(' ', bytes.Skip(at).Take(16).Select(b => $"0x{b:X2},"));
            source.Append('\n');
        }

        source.Append(
            """
                        };
                    }
                }
            }

            """);
        return GeneratedText.Of(source.ToString());
    }
}
