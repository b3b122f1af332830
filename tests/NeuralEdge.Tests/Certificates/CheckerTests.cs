using System.Globalization;
using System.Xml.Linq;
using NeuralEdge.Checker;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Quantisation;

namespace NeuralEdge.Tests.Certificates;

/// <summary>
/// The independent checker accepts every certificate and rejects what is wrong with one. NEURALEDGE_PLANTED=N plants N wrongs instead
/// of 60.
/// </summary>
[TestClass]
public sealed class CheckerTests
{
    private const int Boxes = 24;

    private static readonly int Planted = int.Parse(Environment.GetEnvironmentVariable("NEURALEDGE_PLANTED") ?? "60", CultureInfo.InvariantCulture);

    // Of those by table, one of each sort: with a kink, falling somewhere, rising everywhere, without parameters and with one and two.
    private static readonly ActivationFunction[] Tables =
    [
        TabulatedFunctions.Elu(), TabulatedFunctions.Gelu, TabulatedFunctions.Silu(1.702), TabulatedFunctions.Selu(),
        TabulatedFunctions.HardSwish, TabulatedFunctions.Softplus, TabulatedFunctions.HardSigmoid(0.25),
    ];

    private static readonly ActivationFunction[] Kinds =
        [Activation.Relu, Activation.Tanh, Activation.LeakyRelu, Activation.Sigmoid, .. Tables];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void EveryCertificateIsAccepted()
    {
        int looked = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            FloatModel model = Examples.RandomModel(new PortableRandom(seed));
            QuantisedNetwork integers;
            try
            {
                RawInput[] inputs = Array.ConvertAll(model.Inputs, input => new RawInput(0, 4095, (input.Maximum!.Value - input.Minimum!.Value) / 4095, input.Minimum.Value));
                integers = Quantiser.Quantise(model.Network, inputs, seed % 2 == 0 ? Profile.Exact : Profile.Compact, false, Seen(model, seed));
            }
            catch (InputRefusedException)
            {
                continue;
            }

            ErrorBound bound = Affine(model.Network, integers, Boxes);
            ProofCheck check = new(model.Network, integers);
            Assert.IsNull(check.Whole(bound), $"seed {seed}");
            looked++;
        }

        Assert.IsGreaterThan(50, looked);
    }

    // From the file, as "inspect --verify --reference" has it, and with a table at the end too, whose errors are those of outputs.
    [TestMethod]
    public void SoAreThoseOfEveryFunctionByTable()
    {
        for (int k = 0; k < 2 * TabulatedNetworks.Functions.Length; k++)
        {
            Tabulated function = TabulatedNetworks.Functions[k / 2];
            FloatModel model = TabulatedNetworks.Create(new PortableRandom(k), 6, 2, function, k % 2 == 0 ? null : function);
            ModelFile file = Converter.Convert(new ConversionRequest(
                model, ModelTask.Regression, Examples.NoBoard, k % 4 < 2 ? Profile.Exact : Profile.Compact, AcceptError: double.PositiveInfinity, Work: 1e6)).File;
            Certificate certificate = Certificate.Read(file)!;
            QuantisedNetwork integers = RebuiltNetwork.From(file, model.Network);
            Assert.IsNull(new ProofCheck(model.Network, integers).Whole(certificate.Bound), $"{function.Name}, {k}");
            double[] smaller = Array.ConvertAll(certificate.Bound.Total, bound => 0.9 * bound);
            Assert.IsNotNull(new ProofCheck(model.Network, integers).Whole(certificate.Bound with { Total = smaller }), $"{function.Name}, {k}");
        }
    }

    // Labels are not of the network section; an output with a format of its own has its scale from there, whatever they say.
    [TestMethod]
    public void LabelsOfAnotherScaleAreRefused()
    {
        foreach (ActivationFunction last in new ActivationFunction[] { Activation.Tanh, TabulatedFunctions.Gelu })
        {
            FloatModel model = TabulatedNetworks.Create(new PortableRandom(3), 4, 1, TabulatedFunctions.Gelu, last);
            ModelFile file = Examples.Convert(model).File;
            Assert.IsNotNull(RebuiltNetwork.From(file, model.Network), last.Name);
            file.Outputs[1] = file.Outputs[1] with { Scale = 2 * file.Outputs[1].Scale };
            Refusals.Expect("scales of the model's outputs|make the model again", () => RebuiltNetwork.From(file, model.Network));
        }
    }

    // The model file has the table of such a function, but nothing says what it is the table of.
    [TestMethod]
    public void AFunctionOfSomebodysOwnIsNotTakenForOneOfTheSameName()
    {
        Tabulated own = new("gelu", z => z, _ => 1);
        FloatModel model = TabulatedNetworks.Create(new PortableRandom(1), 4, 1, own);
        NotSupportedException refusal = Assert.ThrowsExactly<NotSupportedException>(() => new ProofCheck(model.Network, Examples.Convert(model).Network));
        StringAssert.Contains(refusal.Message, "does not know the activation gelu, which is not of the catalogue", StringComparison.Ordinal);
    }

    [TestMethod]
    public void SoIsTheBoundNearData()
    {
        foreach (ActivationFunction kind in Kinds)
        {
            (FloatModel model, QuantisedNetwork integers) = Network(kind, 7);
            PortableRandom random = new(7);
            double[][] rows = [.. Enumerable.Range(0, 60).Select(_ => HeNetworks.RandomRow(random, model.Inputs.Length))];
            Certificate certificate = Certificate.Compute(model.Network, integers, rows, 1e6);
            Assert.IsNull(new ProofCheck(model.Network, integers).Near(certificate.Near!, rows), kind.Name);
            NearBound smaller = certificate.Near! with { Largest = Array.ConvertAll(certificate.Near.Largest, bound => 0.97 * bound) };
            Assert.IsNotNull(new ProofCheck(model.Network, integers).Near(smaller, rows), kind.Name);
        }
    }

    [TestMethod]
    public void WhatIsWrongIsRejected()
    {
        Dictionary<string, int> kinds = [];
        List<string> accepted = [];
        for (int k = 0; k < Planted; k++)
        {
            PortableRandom random = new(1000 + k);
            ActivationFunction[] among = k % 8 < 6 ? Kinds : Tables;
            Proof proof = Proof.Of(k % 5 == 0 ? among[(k / 5) % among.Length] : among[random.Next(among.Length)], k);
            Assert.IsNull(proof.Verdict(), $"{k}: the right one");
            string kind = proof.Plant(k % 8, random);
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            if (proof.Verdict() is null)
            {
                accepted.Add($"{k}: {kind} of {proof.Function.Name} {proof.Where}");
            }
        }

        TestContext.WriteLine($"{Planted} planted, {accepted.Count} accepted: {string.Join(", ", kinds.Select(kind => $"{kind.Value} {kind.Key}"))}");
        Violations.AssertNone("accepted", accepted);
    }

    [TestMethod]
    public void TheCheckerIsSmallAndSharesNoCodeWithTheProver()
    {
        string folder = Repository.PathOf("tools/NeuralEdge.Checker");
        int lines = Directory.EnumerateFiles(folder, "*.cs").SelectMany(File.ReadLines).Select(line => line.Trim())
            .Count(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal));
        Assert.IsLessThanOrEqualTo(300, lines);
        XDocument project = XDocument.Load(Path.Combine(folder, "NeuralEdge.Checker.csproj"));
        Assert.IsEmpty(project.Descendants().Where(element => element.Name.LocalName is "ProjectReference" or "PackageReference" or "Compile"));
    }

    private static SeenValues Seen(FloatModel model, int seed)
    {
        PortableRandom random = new(seed);
        return SeenValues.At(model.Network, [.. Enumerable.Range(0, 50).Select(_ => Examples.RandomRow(model, random))], 1);
    }

    // Not by trying every input, which leaves no tree to check.
    private static ErrorBound Affine(FloatNetwork exact, QuantisedNetwork integers, int boxes)
    {
        BoundedBox whole = ErrorBound.Cut(integers, CertifiedLayer.Pair(exact, integers), true, boxes, new Effort(0));
        double[] bound = Array.ConvertAll(whole.Largest(), x => x * ErrorBound.Leeway);
        return new ErrorBound(BoundMethod.Affine, boxes, bound, bound);
    }

    private static (FloatModel Model, QuantisedNetwork Integers) Network(ActivationFunction kind, int seed)
    {
        FloatModel model = kind is Tabulated ? TabulatedNetworks.Create(new PortableRandom(seed), 8, 2, kind) : HeNetworks.Create(seed, kind.Activation, 3, 8, 2, 2);
        RawInput[] inputs = Array.ConvertAll(model.Inputs, _ => new RawInput(-8192, 8192, 1 / 8192.0, 0));

        // Scales for an eighth of the box, so that ceilings bind in the rest of it.
        PortableRandom random = new(seed);
        double[][] rows = [.. Enumerable.Range(0, 50).Select(_ => Array.ConvertAll(HeNetworks.RandomRow(random, 3), x => x / 8))];
        return (model, Quantiser.Quantise(model.Network, inputs, Profile.Exact, false, SeenValues.At(model.Network, rows, 1)));
    }

    /// <summary>A proof in the checker's terms, in which something can be changed.</summary>
    private sealed class Proof
    {
        private List<ProofNode> _nodes = [];
        private byte[] _section = [];
        private RealNetwork _real = null!;
        private double[] _claim = [];
        private int _inputs;
        private int _neuronsOfFirst;
        private bool _hasCeiling;
        private bool _byTable;

        /// <summary>What was changed, for the message of a failure.</summary>
        internal string Where { get; private set; } = "";

        /// <summary>The hidden layers' activation.</summary>
        internal ActivationFunction Function { get; private init; } = null!;

        internal static Proof Of(ActivationFunction kind, int seed)
        {
            (FloatModel model, QuantisedNetwork integers) = Network(kind, seed);
            return new Proof
            {
                _nodes = [.. new ProofCheck(model.Network, integers).Nodes(Boxes, new Effort(0))],
                _section = ModelWriter.NetworkPayload(integers),
                _real = ProofCheck.Plain(model.Network, integers),
                _claim = Affine(model.Network, integers, Boxes).Total,
                _inputs = 3,
                _neuronsOfFirst = 8,
                _hasCeiling = integers.Layers.Any(layer => layer.HasCeiling),
                _byTable = kind is Tabulated,
                Function = kind,
            };
        }

        internal string? Verdict() => new ErrorChecker(_section, _real).Check(_claim, _nodes);

        internal string Plant(int kind, PortableRandom random)
        {
            switch (kind)
            {
                case 0:
                    // Of a function by table the checker finds its extremes more closely than the prover, so that less may be true.
                    _claim[random.Next(_claim.Length)] *= 1 - (_byTable ? Math.Pow(10, -1.5 * random.NextDouble()) : Math.Pow(10, -1 - (5 * random.NextDouble())));
                    return "lowered claims";
                case 1:
                    return NarrowARange(random);
                case 2:
                    _nodes.RemoveAt(random.Next(_nodes.Count));
                    return "missing nodes";
                case 3:
                    // One weight of the real network, by a hundredth.
                    double[] weights = _real.Weights[0][random.Next(_neuronsOfFirst)];
                    weights[random.Next(weights.Length)] *= 1.01;
                    return "other real networks";
                case 4:
                    return ChangeAnInteger(random);
                case 6:
                    return ChangeTheTable(random);
                case 7:
                    return ChangeTheFunction(random);
                default:
                    if (!_hasCeiling)
                    {
                        return NarrowARange(random);
                    }

                    // Arithmetic 0 in place of 2.
                    _section[3] = 0;
                    return "ceilings where there are none";
            }
        }

        private string NarrowARange(PortableRandom random)
        {
            while (true)
            {
                ProofNode node = _nodes[random.Next(_nodes.Count)];
                if (node.Input >= 0)
                {
                    continue;
                }

                double[] layer = node.Neurons[random.Next(node.Neurons.Length)];
                int at = (6 * random.Next(layer.Length / 6)) + (2 * random.Next(2));
                double width = layer[at + 1] - layer[at];
                if (width > 0)
                {
                    double inward = width * Math.Pow(10, (_byTable ? -1 : -5) * random.NextDouble());
                    (int end, double change) = random.Next(2) == 0 ? (at, inward) : (at + 1, -inward);
                    Where = FormattableString.Invariant($"by {change:g3} at {end} of layer {Array.IndexOf(node.Neurons, layer)}: {string.Join(' ', layer[(end / 6 * 6)..((end / 6 * 6) + 6)])}");
                    layer[end] += change;
                    return "narrowed ranges";
                }
            }
        }

        // An entry of the first layer's table by so many steps that it is farther off than any was.
        private string ChangeTheTable(PortableRandom random)
        {
            int at = 4 + (8 * _inputs) + 8 + (2 * random.Next(ActivationCurve.KnotCount));
            int entry = BitConverter.ToInt16(_section, at);
            int change = (4 + random.Next(60)) * (entry > 0 ? -1 : 1);
            BitConverter.TryWriteBytes(_section.AsSpan(at), (short)(entry + change));
            Where = $"entry at {at} by {change}";
            return "changed tables";
        }

        private string ChangeTheFunction(PortableRandom random)
        {
            double[] parameters = _real.Parameters[0];
            switch (random.Next(4))
            {
                case 0 when parameters[0] != 0:
                    parameters[0] *= 1.01;
                    return "other parameters";
                case 1:
                    _real.SumScale[0] *= 2;
                    return "other scales of tables";
                case 2:
                    Array.Fill(_real.OutputScale[0], _real.OutputScale[0][0] / 2);
                    return "other scales of tables";
                default:
                    string[] others = ["elu", "gelu_tanh", "silu", "mish", "softplus", "hard_swish", "log_sigmoid", "softsign", "erf"];
                    Where = others[random.Next(others.Length)];
                    if (Where == Function.Name)
                    {
                        Where = "gelu";
                    }

                    (_real.Functions[0], _real.Parameters[0]) = (Where, [1, 0]);
                    return "other functions";
            }
        }

        // A bias of the first layer, or a weight of it, by one. They lie behind the head, the ranges, the layer's head, its table and the shifts.
        private string ChangeAnInteger(PortableRandom random)
        {
            int biases = 4 + (8 * _inputs) + 8 + (_byTable ? (2 * ActivationCurve.KnotCount) + 2 : 0) + _neuronsOfFirst;
            int at = random.Next(2) == 0
                ? biases + (4 * random.Next(_neuronsOfFirst))
                : biases + (4 * _neuronsOfFirst) + (2 * random.Next(_neuronsOfFirst * _inputs));
            _section[at] ^= 1;
            return "changed integers";
        }
    }
}
