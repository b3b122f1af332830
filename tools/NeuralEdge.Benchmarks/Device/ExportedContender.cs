using NeuralEdge.Networks;

namespace NeuralEdge.Benchmarks
{
    /// <summary>
    /// Networks of the profile fast as the C# that <c>neuraledge export</c> writes. Each class keeps its table of activations
    /// for good, so there are not more of them than a board has memory for.
    /// </summary>
    public sealed class ExportedContender : Contender
    {
        private int _network;
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

        /// <summary>The shapes that there is a class for.</summary>
        /// <returns>For each the number of inputs, then of neurons of each layer.</returns>
        public static int[][] GetShapes()
        {
            return new int[][]
            {
                new int[] { 4, 10, 3 },
                new int[] { 16, 32, 16, 4 },
                new int[] { 64, 64, 8 },
            };
        }

        /// <inheritdoc/>
        public override bool Prepare(int[] shape)
        {
            int[][] shapes = GetShapes();
            string name = Shapes.GetName(shape);
            _network = 0;
            while (Shapes.GetName(shapes[_network]) != name)
            {
                _network++;
                if (_network == shapes.Length)
                {
                    return false;
                }
            }

            _inputs = new int[shape[0]];
            for (int i = 0; i < shape[0]; i++)
            {
                _inputs[i] = RandomNetworks.GetFastInput(i);
            }

            _outputs = new int[shape[shape.Length - 1]];

            // The first inference makes the table.
            Run(1);
            return true;
        }

        /// <inheritdoc/>
        public override void Run(int count)
        {
            int[] inputs = _inputs;
            int[] outputs = _outputs;
            switch (_network)
            {
                case 0:
                    while (count-- != 0)
                    {
                        Exported4x10x3.Forward(inputs, outputs);
                    }

                    break;
                case 1:
                    while (count-- != 0)
                    {
                        Exported16x32x16x4.Forward(inputs, outputs);
                    }

                    break;
                default:
                    while (count-- != 0)
                    {
                        Exported64x64x8.Forward(inputs, outputs);
                    }

                    break;
            }
        }
    }
}
