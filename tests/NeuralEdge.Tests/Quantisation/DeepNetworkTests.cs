using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Quantisation;

/// <summary>
/// Networks of up to six hidden layers come out right. NEURALEDGE_DEEP_SEEDS=N looks at N seeds of each shape at 10,000 rows
/// instead of one at 2,000, and prints the table of tools/README.md.
/// </summary>
[TestClass]
public sealed class DeepNetworkTests
{
    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("NEURALEDGE_DEEP_SEEDS"), out int n) ? n : 1;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(Activation.Relu, 32)]
    [DataRow(Activation.Relu, 50)]
    [DataRow(Activation.Tanh, 32)]
    [DataRow(Activation.Tanh, 50)]
    public void TheErrorOfADeepNetworkIsBelowAFifthOfAPercentOfItsRange(Activation activation, int width)
    {
        for (int depth = 1; depth <= 6; depth++)
        {
            Figures all = new();
            for (int seed = 0; seed < Seeds; seed++)
            {
                all.Add(Measure(HeNetworks.Create((100 * seed) + depth, activation, 8, width, depth, 3), seed));
            }

            TestContext.WriteLine($"{activation} 8-{width}x{depth}-3: {all}");
            all.AssertGood($"{activation} 8-{width}x{depth}-3");
        }
    }

    [TestMethod]
    public void SoIsThatOfANetworkWhoseBoundsExplode()
    {
        Figures all = new();
        for (int seed = 0; seed < Seeds; seed++)
        {
            FloatModel model = HeNetworks.CreateExploding(seed);
            all.Add(Measure(model, seed));
        }

        TestContext.WriteLine($"exploding 5-50x6-5: {all}");
        all.AssertGood("exploding");
    }

    // The control: the same network with scales from bounds, as they were before there were ceilings.
    [TestMethod]
    public void WithScalesFromBoundsItWouldBeMuchLarger()
    {
        FloatModel model = HeNetworks.CreateExploding(0);
        ConvertedModel conversion = Convert(model);
        IntegerNetwork bounded = new(Quantiser.Quantise(model.Network, conversion.Network.Inputs, Profile.Exact, comparable: true));
        Assert.IsGreaterThan(0.05, Measure(model, bounded, 0).Error);
    }

    private static ConvertedModel Convert(FloatModel model) =>
        Converter.Convert(new ConversionRequest(model, ModelTask.Classification, new BoardSpec(0, [], []), Profile.Exact, Work: 1e6));

    private static Figures Measure(FloatModel model, int seed) => Measure(model, new IntegerNetwork(Convert(model).Network), seed);

    private static Figures Measure(FloatModel model, IntegerNetwork integers, int seed)
    {
        PortableRandom random = new(1000 + seed);
        int rows = Seeds > 1 ? 10_000 : 2_000;
        double[][] real = new double[rows][];
        double[][] board = new double[rows][];
        Figures figures = new() { Rows = rows };
        for (int r = 0; r < rows; r++)
        {
            double[] row = HeNetworks.RandomRow(random, model.Inputs.Length);
            real[r] = model.Network.Scores(row);
            board[r] = integers.Scores(integers.ToRaw(row));
            figures.Saturated += integers.Saturated ? 1 : 0;
        }

        double largest = 0;
        for (int o = 0; o < model.Outputs.Length; o++)
        {
            double error = Enumerable.Range(0, rows).Max(r => Math.Abs(real[r][o] - board[r][o]));
            figures.Error = Math.Max(figures.Error, error / (real.Max(y => y[o]) - real.Min(y => y[o])));
            largest = Math.Max(largest, error);
        }

        for (int r = 0; r < rows; r++)
        {
            int right = Array.IndexOf(real[r], real[r].Max());
            int chosen = Array.IndexOf(board[r], board[r].Max());
            figures.Flipped += right != chosen ? 1 : 0;
            figures.FlippedFar += real[r][right] - real[r][chosen] > 2 * largest ? 1 : 0;
        }

        return figures;
    }

    private sealed class Figures
    {
        internal int Rows { get; init; }

        internal double Error { get; set; }

        internal int Saturated { get; set; }

        internal int Flipped { get; set; }

        internal int FlippedFar { get; set; }

        private int _rows;

        public override string ToString() =>
            FormattableString.Invariant($"error {100 * Error:F4} % of the range, another class in {Flipped} of {_rows} rows ({FlippedFar} with a margin above twice the error), ceiling met in {Saturated}");

        internal void Add(Figures other)
        {
            _rows += other.Rows;
            Error = Math.Max(Error, other.Error);
            Saturated += other.Saturated;
            Flipped += other.Flipped;
            FlippedFar += other.FlippedFar;
        }

        internal void AssertGood(string what)
        {
            Assert.IsLessThanOrEqualTo(0.002, Error, what);
            Assert.IsLessThanOrEqualTo(_rows / 1000, Flipped, what);
            Assert.AreEqual(0, FlippedFar, what);
            Assert.IsLessThanOrEqualTo(_rows / 10_000, Saturated, what);
        }
    }
}
