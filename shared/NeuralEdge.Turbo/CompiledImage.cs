using System;
using NeuralEdge.Models;

namespace NeuralEdge.Turbo
{
    /// <summary>An assembly that this board has written for one shape. Once loaded it stays until the next start.</summary>
    internal sealed class CompiledImage
    {
        /// <summary>Number of fields, for whoever counts bytes.</summary>
        internal const int Fields = 8;

        private const int CheckedAtOnce = 256;

        private readonly CodeShape _shape;
        private readonly byte[] _bytes;
        private readonly int _codeAt;
        private ImageChecksum _checksum;
        private uint _check;
        private int _checkedTo = ImageHead.HeaderLength;

        /// <summary>Allocates an image and writes what is in front of the code.</summary>
        /// <param name="plan">A plan that is not refused.</param>
        /// <exception cref="OutOfMemoryException">The array cannot be had.</exception>
        internal CompiledImage(CodePlan plan)
        {
            _shape = plan.Shape;
            _codeAt = ImageHead.GetLength(plan);
            _bytes = new byte[plan.ImageBytes];

            // The platform compares the first two numbers with those of the assembly it has.
            Version core = typeof(CompiledPass).Assembly.GetName().Version;
            ImageHead.Write(_bytes, plan, core);
        }

        /// <summary>The shape whose networks it can run.</summary>
        internal CodeShape Shape
        {
            get { return _shape; }
        }

        /// <summary>All of it.</summary>
        internal byte[] Bytes
        {
            get { return _bytes; }
        }

        /// <summary>Where the code begins.</summary>
        internal int CodeAt
        {
            get { return _codeAt; }
        }

        /// <summary>
        /// The one object of its class, null before it is loaded. Null again when it has failed: it stays, but is not used any more.
        /// </summary>
        internal CompiledPass Pass { get; set; }

        /// <summary>Why it has no pass; means nothing while it has one.</summary>
        internal TurboRefusal Refusal { get; set; }

        /// <summary>
        /// Adds up a part of the image, and behind the last writes the checksums; nothing but constants may change from then on.
        /// </summary>
        /// <returns>True when it has the checksums.</returns>
        internal bool Seal()
        {
            if (_checksum == null)
            {
                _checksum = new ImageChecksum();
            }

            int to = _checkedTo + CheckedAtOnce < _bytes.Length ? _checkedTo + CheckedAtOnce : _bytes.Length;
            _check = _checksum.Add(_check, _bytes, _checkedTo, to);
            _checkedTo = to;
            if (to < _bytes.Length)
            {
                return false;
            }

            LittleEndian.WriteUInt32(_bytes, ImageHead.BodyCheckOffset, _check);
            uint header = _checksum.Add(0, _bytes, 0, ImageHead.HeaderLength);
            LittleEndian.WriteUInt32(_bytes, ImageHead.HeaderCheckOffset, header);
            _checksum = null;
            return true;
        }
    }
}
