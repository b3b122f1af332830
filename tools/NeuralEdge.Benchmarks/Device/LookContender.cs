using NeuralEdge.Models;

namespace NeuralEdge.Benchmarks
{
    /// <summary>One look at a row of inputs: whether it is like those of the training. A board looks at one row of sixteen.</summary>
    public sealed class LookContender : Contender
    {
        private readonly bool _isFamiliar;
        private Familiarity _picture;
        private int[] _row;

        /// <summary>Chooses the row.</summary>
        /// <param name="isFamiliar">True for a row near the first prototype, as most are; false for one that is near none.</param>
        public LookContender(bool isFamiliar)
        {
            _isFamiliar = isFamiliar;
        }

        /// <inheritdoc/>
        public override string Name
        {
            get { return _isFamiliar ? "look" : "look-far"; }
        }

        /// <inheritdoc/>
        public override int HeapBytes
        {
            get { return _picture == null ? 0 : _picture.HeapBytes; }
        }

        /// <inheritdoc/>
        public override bool Prepare(int[] shape)
        {
            _row = new int[shape[0]];
            _picture = RandomPicture.Read(shape, _isFamiliar);
            return _picture.IsFamiliar(_row) == _isFamiliar;
        }

        /// <inheritdoc/>
        public override void Run(int count)
        {
            Familiarity picture = _picture;
            int[] row = _row;
            while (count-- != 0)
            {
                picture.IsFamiliar(row);
            }
        }
    }
}
