using System.Globalization;
using System.Xml.Linq;
using NeuralEdge.Checker;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
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

    private static readonly Activation[] Kinds = [Activation.Relu, Activation.Tanh, Activation.LeakyRelu, Activation.Sigmoid];

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

    [TestMethod]
    public void SoIsTheBoundNearData()
    {
        foreach (Activation kind in Kinds)
        {
            (FloatModel model, QuantisedNetwork integers) = Network(kind, 7);
            PortableRandom random = new(7);
            double[][] rows = [.. Enumerable.Range(0, 60).Select(_ => HeNetworks.RandomRow(random, model.Inputs.Length))];
            Certificate certificate = Certificate.Compute(model.Network, integers, rows, 1e6);
            Assert.IsNull(new ProofCheck(model.Network, integers).Near(certificate.Near!, rows), $"{kind}");
            NearBound smaller = certificate.Near! with { Largest = Array.ConvertAll(certificate.Near.Largest, bound => 0.999 * bound) };
            Assert.IsNotNull(new ProofCheck(model.Network, integers).Near(smaller, rows), $"{kind}");
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
            Proof proof = Proof.Of(k % 5 == 0 ? Kinds[(k / 5) % Kinds.Length] : Kinds[random.Next(Kinds.Length)], k);
            Assert.IsNull(proof.Verdict(), $"{k}: the right one");
            string kind = proof.Plant(k % 6, random);
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            if (proof.Verdict() is null)
            {
                accepted.Add($"{k}: {kind} {proof.Where}");
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

    private static (FloatModel Model, QuantisedNetwork Integers) Network(Activation kind, int seed)
    {
        FloatModel model = HeNetworks.Create(seed, kind, 3, 8, 2, 2);
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
        private bool _saturates;

        /// <summary>What was changed, for the message of a failure.</summary>
        internal string Where { get; private set; } = "";

        internal static Proof Of(Activation kind, int seed)
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
                _saturates = integers.Saturates,
            };
        }

        internal string? Verdict() => new ErrorChecker(_section, _real).Check(_claim, _nodes);

        internal string Plant(int kind, PortableRandom random)
        {
            switch (kind)
            {
                case 0:
                    _claim[random.Next(_claim.Length)] *= 1 - Math.Pow(10, -1 - (5 * random.NextDouble()));
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
                default:
                    if (!_saturates)
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
                    double inward = width * Math.Pow(10, -5 * random.NextDouble());
                    (int end, double change) = random.Next(2) == 0 ? (at, inward) : (at + 1, -inward);
                    Where = FormattableString.Invariant($"by {change:g3} at {end} of layer {Array.IndexOf(node.Neurons, layer)}: {string.Join(' ', layer[(end / 6 * 6)..((end / 6 * 6) + 6)])}");
                    layer[end] += change;
                    return "narrowed ranges";
                }
            }
        }

        // A bias of the first layer, or a weight of it, by one. They lie behind the head, the ranges, the layer's head and the shifts.
        private string ChangeAnInteger(PortableRandom random)
        {
            int biases = 4 + (8 * _inputs) + 8 + _neuronsOfFirst;
            int at = random.Next(2) == 0
                ? biases + (4 * random.Next(_neuronsOfFirst))
                : biases + (4 * _neuronsOfFirst) + (2 * random.Next(_neuronsOfFirst * _inputs));
            _section[at] ^= 1;
            return "changed integers";
        }
    }
}
