using System.Globalization;
using System.Text;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Tests.Quantisation;

/// <summary>The networks whose errors are promised, trained here and always the same: a seed means the same bits everywhere.</summary>
internal static class MeasuredNetworks
{
    private static readonly Lazy<FloatModel> LazySine = new(TrainSine);
    private static readonly Lazy<FloatModel> LazyIris = new(TrainIris);

    /// <summary>1-16-16-1, the sine of -pi..pi, in values of at most 1.</summary>
    internal static FloatModel Sine => LazySine.Value;

    /// <summary>4-16-3, the irises of the examples, with logits.</summary>
    internal static FloatModel Iris => LazyIris.Value;

    private static FloatModel TrainSine()
    {
        StringBuilder rows = new("x,y\n");
        for (int k = 0; k <= 400; k++)
        {
            double x = Math.PI * ((k / 200.0) - 1);
            rows.Append(CultureInfo.InvariantCulture, $"{x:R},{PortableSine(x):R}\n");
        }

        DataSet data = DataSet.From(Table.Parse(rows.ToString(), "sine"), ["y"], inputs: ["x"]);
        return new Trainer(new Hyperparameters { WorkLimit = 300, Starts = 1 }).Train(data).ToFloatModel();
    }

    private static FloatModel TrainIris()
    {
        DataSet data = DataSet.From(Table.Read(Repository.PathOf("tools/examples/iris.csv")), ["species"]);
        return new Trainer(new Hyperparameters { Hidden = [16], WorkLimit = 100, Starts = 1, Refit = false }).Train(data).ToFloatModel();
    }

    // The C library's sine differs in its last bit from system to system.
    private static double PortableSine(double x)
    {
        double sum = 0;
        double term = x;
        for (int k = 1; k < 40; k += 2)
        {
            sum += term;
            term *= -x * x / ((k + 1) * (k + 2));
        }

        return sum;
    }
}
