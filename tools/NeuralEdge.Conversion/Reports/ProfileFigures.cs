using NeuralEdge.Board.Control;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Reports;

/// <summary>What a model becomes in one profile.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Error">The largest error of each output at the rows, in its unit.</param>
/// <param name="Flipped">Rows to which the integers give another class than the real network; 0 for quantities.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Ram">Bytes of the board's heap.</param>
/// <param name="Operations">Operations of the board's interpreter for one inference.</param>
public sealed record ProfileFigures(Profile Profile, double[] Error, int Flipped, int Bytes, int Ram, long Operations)
{
    /// <summary>Converts a model in the other profiles too.</summary>
    /// <param name="conversion">The model in the profile that was asked for.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="inside">Rows inside the inputs' ranges.</param>
    /// <param name="cancellation">Looked at every few milliseconds.</param>
    /// <returns>One for each profile that can hold the model, in their order.</returns>
    internal static ProfileFigures[] OfAll(ConvertedModel conversion, EvaluationSet rows, IReadOnlyList<double[]> inside, CancellationToken cancellation)
    {
        Profile[] profiles = Enum.GetValues<Profile>();
        ProfileFigures?[] figures = new ProfileFigures?[profiles.Length];
        Parallel.For(0, profiles.Length, new ParallelOptions { CancellationToken = cancellation }, p =>
        {
            try
            {
                ConvertedModel other = profiles[p] == conversion.Profile
                    ? conversion
                    : Converter.Convert(conversion.Request with { Profile = profiles[p], AcceptError = double.PositiveInfinity }, certify: false, null, cancellation);
                figures[p] = Of(other, rows, inside);
            }
            catch (InputRefusedException) when (profiles[p] != conversion.Profile)
            {
                // Nobody asked for this one: weights that fit no scale of it are no fault of the model.
            }
        });
        return [.. figures.OfType<ProfileFigures>()];
    }

    private static ProfileFigures Of(ConvertedModel conversion, EvaluationSet rows, IReadOnlyList<double[]> inside)
    {
        IntegerNetwork integers = new(conversion.Network);
        int flipped = conversion.File.IsClassifier
            ? rows.Inputs.Count(row => ConversionAnalysis.ClassOf(conversion.Model.Network.Scores(conversion.File.Limit(row))) != ConversionAnalysis.ClassOf(integers.Scores(integers.ToRaw(row))))
            : 0;
        double[] error = new RoundedNetwork(conversion.Model.Network, conversion.Network).MeasureAll(inside);
        return new ProfileFigures(
            conversion.Profile, error, flipped, conversion.File.Bytes.Length, ModelMemory.Of(conversion.File.Model), CountOperations(conversion.File.Model));
    }

    // The first golden vector stands for any input: only the branches of an activation differ.
    private static long CountOperations(NeuralEdge.Models.Model model)
    {
        Network network = model.Network;
        for (int i = 0; i < network.InputCount; i++)
        {
            network.SetInput(i, model.Golden.GetInput(0, i));
        }

        return OperationCounter.Count(network);
    }
}
