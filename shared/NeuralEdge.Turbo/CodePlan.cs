using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Turbo
{
    /// <summary>
    /// How large the code of a network will be and where its values will be kept, found before anything is allocated for it. What
    /// the platform would not notice (that a count does not fit its byte, that an offset does not fit its 16 bits) is refused here.
    /// </summary>
    public sealed class CodePlan
    {
        /// <summary>Name of the class in an image; it has no namespace.</summary>
        public const string ClassName = "CompiledNetwork";

        /// <summary>The argument that is the object, and where the first table is put when the object is needed no more.</summary>
        internal const int TableArgument = 0;

        /// <summary>The local in which a row's sum waits for its look-ups.</summary>
        internal const int SumLocal = 0;

        /// <summary>
        /// Most values on the evaluation stack: array, index and sum of the next layer's first row, a constant of it, table and
        /// sum of a row, and a constant and a value of that one.
        /// </summary>
        internal const int StackDepth = 8;

        /// <summary>Most locals: the platform keeps their number in a byte, and cuts what is larger.</summary>
        internal const int MaxLocals = 255;

        /// <summary>Longest image in bytes: the platform's offsets have 16 bits.</summary>
        internal const int MaxImageBytes = 65535;

        private const int FirstValueLocal = 1;

        // What a 32-bit nanoFramework allocates besides: its record of the assembly, and the frame of a call.
        private const int RecordBytes = 216;
        private const int FrameBytes = 204;
        private const int LocalBytes = 12;

        private readonly CodeShape _shape;
        private readonly int _evenValues;
        private readonly int _oddValues;
        private readonly int _codeBytes;
        private readonly TurboRefusal _refusal;

        /// <summary>Plans the code of a network.</summary>
        /// <param name="network">The network, of any profile; it is not changed.</param>
        public CodePlan(Network network)
        {
            if (network.GetLayer(0).LaneCount == 0)
            {
                _refusal = TurboRefusal.NotFast;
                return;
            }

            _shape = new CodeShape(network);
            for (int l = 0; l < _shape.LayerCount; l++)
            {
                int values = KeepsInputs(l) ? _shape.GetInputs(l) : 0;
                if ((l & 1) == 0)
                {
                    _evenValues = values > _evenValues ? values : _evenValues;
                }
                else
                {
                    _oddValues = values > _oddValues ? values : _oddValues;
                }
            }

            if (Locals > MaxLocals)
            {
                _refusal = TurboRefusal.Locals;
                return;
            }

            _codeBytes = new CodeSize(this).Bytes;
            _refusal = ImageBytes > MaxImageBytes ? TurboRefusal.Size : TurboRefusal.None;
        }

        /// <summary>Why there can be no code for the network; <see cref="TurboRefusal.None"/> when there can.</summary>
        public TurboRefusal Refusal
        {
            get { return _refusal; }
        }

        /// <summary>
        /// Number of local variables: a sum, values, inputs or outputs, all tables but the first; 0 for other profiles than fast.
        /// </summary>
        internal int Locals
        {
            get { return _shape == null ? 0 : NumberLocals + 1 + (_shape.TableCount > 1 ? _shape.TableCount - 1 : 0); }
        }

        /// <summary>Bytes of the code.</summary>
        internal int CodeBytes
        {
            get { return _codeBytes; }
        }

        /// <summary>
        /// Bytes of the image: the code with what the platform needs around it; 0 for other profiles than fast, and without the
        /// code when it has too many locals.
        /// </summary>
        internal int ImageBytes
        {
            get { return _shape == null ? 0 : ImageHead.GetLength(this) + ((_codeBytes + ImageHead.ConstructorLength + 3) & ~3); }
        }

        /// <summary>
        /// Bytes of a board's heap that the code takes for good: the image, what the platform notes about it, the objects around
        /// it, and the frame that the platform keeps for its calls. 0 when there can be no code.
        /// </summary>
        public int HeapBytes
        {
            get
            {
                if (_refusal != TurboRefusal.None)
                {
                    return 0;
                }

                return HeapSize.Array(ImageBytes) + RecordBytes + HeapSize.Object(CompiledPass.Fields) + HeapSize.Object(CompiledImage.Fields)
                    + _shape.HeapBytes + HeapSize.References(_shape.TableCount) + FrameBytes + (LocalBytes * Locals);
            }
        }

        /// <summary>The shape that was planned for.</summary>
        internal CodeShape Shape
        {
            get { return _shape; }
        }

        /// <summary>Number of locals that hold numbers of 64 bits; they are the first.</summary>
        internal int NumberLocals
        {
            get { return FirstValueLocal + _evenValues + _oddValues; }
        }

        /// <summary>The local that holds the raw inputs and, when those are read, the outputs.</summary>
        internal int ValuesLocal
        {
            get { return NumberLocals; }
        }

        /// <summary>
        /// True when the inputs of a layer are kept in locals: when it has more than one row. The first row takes each value as it
        /// is computed.
        /// </summary>
        /// <param name="layer">Which layer.</param>
        internal bool KeepsInputs(int layer)
        {
            return _shape.GetRows(layer) > 1;
        }

        /// <summary>
        /// The local of a layer's input. Layers use two ranges in turn: when a layer's inputs are computed, those of the layer
        /// before are still needed, and those of the one before that are not.
        /// </summary>
        /// <param name="layer">Which layer; it keeps its inputs.</param>
        /// <param name="input">Which input.</param>
        internal int GetLocal(int layer, int input)
        {
            return FirstValueLocal + ((layer & 1) == 0 ? 0 : _evenValues) + input;
        }

        /// <summary>The local of a table that is not the first.</summary>
        /// <param name="table">Which table, 1 or more.</param>
        internal int GetTableLocal(int table)
        {
            return NumberLocals + table;
        }
    }
}
