using NeuralEdge.Networks;
using NeuralEdge.Numerics;
using NeuralEdge.Features;

namespace NeuralEdge.Models
{
    /// <summary>What the board keeps of a model file.</summary>
    public sealed class Model
    {
        private const int Fields = 8;

        private readonly Network _network;
        private readonly Bindings _bindings;
        private readonly GoldenVectors _golden;
        private readonly int _length;
        private readonly uint _digest;
        private readonly Familiarity _familiarity;
        private readonly WindowStage _windows;
        private readonly TestWindows _tests;

        /// <summary>Puts a model together that knows nothing of the inputs it was trained on.</summary>
        /// <param name="network">The network.</param>
        /// <param name="bindings">Channels and pins.</param>
        /// <param name="golden">Golden vectors.</param>
        /// <param name="length">Length of the file in bytes.</param>
        /// <param name="digest">CRC-32 at the end of the file.</param>
        public Model(Network network, Bindings bindings, GoldenVectors golden, int length, uint digest)
            : this(network, bindings, golden, length, digest, null, null, null)
        {
        }

        /// <summary>Puts a model together.</summary>
        /// <param name="network">The network.</param>
        /// <param name="bindings">Channels and pins.</param>
        /// <param name="golden">Golden vectors.</param>
        /// <param name="length">Length of the file in bytes.</param>
        /// <param name="digest">CRC-32 at the end of the file.</param>
        /// <param name="familiarity">The picture of the inputs it was trained on, null for none.</param>
        /// <param name="windows">What makes inputs of samples; null when samples are inputs.</param>
        /// <param name="tests">Windows of samples that prove that a board computes features right; null without windows.</param>
        public Model(
            Network network, Bindings bindings, GoldenVectors golden, int length, uint digest, Familiarity familiarity, WindowStage windows, TestWindows tests)
        {
            _network = network;
            _bindings = bindings;
            _golden = golden;
            _length = length;
            _digest = digest;
            _familiarity = familiarity;
            _windows = windows;
            _tests = tests;
        }

        /// <summary>The network.</summary>
        public Network Network
        {
            get { return _network; }
        }

        /// <summary>Channels and pins; without a bindings section nothing is bound.</summary>
        public Bindings Bindings
        {
            get { return _bindings; }
        }

        /// <summary>Golden vectors.</summary>
        public GoldenVectors Golden
        {
            get { return _golden; }
        }

        /// <summary>Length of the file in bytes.</summary>
        public int Length
        {
            get { return _length; }
        }

        /// <summary>CRC-32 at the end of the file: with the length it names the model.</summary>
        public uint Digest
        {
            get { return _digest; }
        }

        /// <summary>The picture of the inputs it was trained on; null when there is none.</summary>
        public Familiarity Familiarity
        {
            get { return _familiarity; }
        }

        /// <summary>What makes inputs of samples; null when samples are inputs.</summary>
        public WindowStage Windows
        {
            get { return _windows; }
        }

        /// <summary>Windows of samples that prove that a board computes features right; null without windows.</summary>
        public TestWindows WindowTests
        {
            get { return _tests; }
        }

        /// <summary>What is sampled: the network's inputs or, with windows, their channels.</summary>
        public int SampledCount
        {
            get { return _bindings.Inputs.Length; }
        }

        /// <summary>Periods that a model samples until it has decided so often: each of them without windows; with windows once in a hop.</summary>
        /// <param name="decisions">How often, at least 1.</param>
        /// <returns>The periods from the first sample to the last decision.</returns>
        public long PeriodsOf(int decisions)
        {
            if (_windows == null)
            {
                return decisions;
            }

            WindowShape shape = _windows.Shape;
            return shape.Samples + ((decisions - 1L) * shape.Hop) + shape.Channels.Length;
        }

        /// <summary>
        /// Bytes of a 32-bit nanoFramework heap that network, bindings, golden vectors, windows and the picture of the inputs take.
        /// </summary>
        public int HeapBytes
        {
            get
            {
                return MeasureHeap(_network, _golden.Count, _windows == null ? null : _windows.Shape, _tests == null ? 0 : _tests.Count)
                    + (_familiarity == null ? 0 : _familiarity.HeapBytes);
            }
        }

        /// <summary>Bytes of a 32-bit nanoFramework heap that a model will take without a picture of its inputs.</summary>
        /// <param name="network">Its network.</param>
        /// <param name="vectors">Number of its golden vectors.</param>
        /// <param name="windows">Its windows, null for none.</param>
        /// <param name="tests">Number of its test windows.</param>
        /// <returns>The bytes.</returns>
        internal static int MeasureHeap(Network network, int vectors, WindowShape windows, int tests)
        {
            int inputs = network.InputCount;
            int outputs = network.OutputCount;
            return HeapSize.Object(Fields) + network.HeapBytes + GoldenVectors.MeasureHeap(vectors, inputs, outputs)
                + Bindings.MeasureHeap(windows == null ? inputs : windows.Channels.Length, outputs)
                + (windows == null ? 0 : WindowStage.MeasureHeap(windows) + TestWindows.MeasureHeap(tests, inputs));
        }
    }
}
