using System.Collections;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Turbo;

namespace NeuralEdge.Benchmarks
{
    /// <summary>The network of the profile fast, compiled by what runs this program into code that it then loads.</summary>
    public sealed class TurboContender : Contender
    {
        private const int MaxBytes = 65536;

        // What is loaded stays loaded, and the platform goes on reading the arrays that these hold.
        private static readonly ArrayList Compilers = new ArrayList();

        private readonly ICodeLoader _loader;
        private Network _network;
        private int _heapBytes;

        /// <summary>Chooses what loads the code.</summary>
        /// <param name="loader">The loader, null for none.</param>
        public TurboContender(ICodeLoader loader)
        {
            _loader = loader;
        }

        /// <inheritdoc/>
        public override string Name
        {
            get { return "turbo"; }
        }

        /// <inheritdoc/>
        public override int HeapBytes
        {
            get { return _heapBytes; }
        }

        /// <inheritdoc/>
        public override bool Prepare(int[] shape)
        {
            if (_loader == null)
            {
                return false;
            }

            Model model = RandomNetworks.ReadFast(shape);
            TurboCompiler compiler = new TurboCompiler(_loader, MaxBytes);
            Compilers.Add(compiler);
            while (compiler.Step(model))
            {
            }

            _network = model.Network;
            _heapBytes = _network.HeapBytes + compiler.UsedBytes;
            return compiler.GetBytesInUse(model) > 0;
        }

        /// <inheritdoc/>
        public override void Run(int count)
        {
            Network network = _network;
            while (count-- != 0)
            {
                network.Forward();
            }
        }
    }
}
