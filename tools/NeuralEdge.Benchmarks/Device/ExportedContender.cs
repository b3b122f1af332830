using NeuralEdge.Networks;

namespace NeuralEdge.Benchmarks
{
    /// <summary>
    /// The network of the profile fast as the C# that <c>neuraledge export</c> writes, for one small shape: code of a larger one is
    /// long, and is written when somebody wants to measure it, see README.md.
    /// </summary>
    public sealed class ExportedContender : Contender
    {
        private ExportedForward _forward;
        private int[] _inputs;
        private int[] _outputs;

        /// <inheritdoc/>
        public override string Name
        {
            get { return "exported"; }
        }

        /// <inheritdoc/>
        public override int HeapBytes
        {
            get { return _inputs == null ? 0 : ActivationTable.HeapBytes; }
        }

        /// <summary>The class for a shape.</summary>
        /// <param name="shape">Name of the shape.</param>
        /// <returns>Its method, null when there is no class.</returns>
        public static ExportedForward Find(string shape)
        {
            switch (shape)
            {
                case "4-10-3":
                    return Exported4x10x3.Forward;
                default:
                    return null;
            }
        }

        /// <inheritdoc/>
        public override bool Prepare(int[] shape)
        {
            _forward = Find(Shapes.GetName(shape));
            if (_forward == null)
            {
                return false;
            }

            _inputs = new int[shape[0]];
            for (int i = 0; i < shape[0]; i++)
            {
                _inputs[i] = RandomNetworks.GetFastInput(i);
            }

            _outputs = new int[shape[shape.Length - 1]];

            // The first inference makes the table, which its class keeps for good.
            Run(1);
            return true;
        }

        /// <inheritdoc/>
        public override void Run(int count)
        {
            ExportedForward forward = _forward;
            int[] inputs = _inputs;
            int[] outputs = _outputs;
            while (count-- != 0)
            {
                forward(inputs, outputs);
            }
        }
    }
}
