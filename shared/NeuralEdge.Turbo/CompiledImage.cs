using System;
using NeuralEdge.Models;

namespace NeuralEdge.Turbo
{
    /// <summary>An assembly that this board has written for one shape. Once loaded it stays until the next start.</summary>
    internal sealed class CompiledImage
    {
        private readonly CodeShape _shape;
        private readonly byte[] _bytes;
        private readonly int _codeAt;

        /// <summary>Allocates an image and writes what is in front of the code.</summary>
        /// <param name="plan">A plan that is not refused.</param>
        /// <exception cref="OutOfMemoryException">The array cannot be had.</exception>
        internal CompiledImage(CodePlan plan)
        {
            _shape = plan.Shape;
            _codeAt = ImageHead.GetLength(plan);
            _bytes = new byte[plan.ImageBytes];

            // The platform compares the first two numbers with those of the assembly it has.
            Version core = typeof(CompiledKernel).Assembly.GetName().Version;
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
        internal CompiledKernel Kernel { get; set; }

        /// <summary>Why it has no kernel; means nothing while it has one.</summary>
        internal TurboRefusal Refusal { get; set; }

        /// <summary>Writes the checksums; nothing but constants may change from then on.</summary>
        /// <param name="body">The checksum of all behind the header.</param>
        /// <param name="checksum">What computes that of the header.</param>
        internal void Seal(uint body, ImageChecksum checksum)
        {
            LittleEndian.WriteUInt32(_bytes, ImageHead.BodyCheckOffset, body);
            uint header = checksum.Add(0, _bytes, 0, ImageHead.HeaderLength);
            LittleEndian.WriteUInt32(_bytes, ImageHead.HeaderCheckOffset, header);
        }
    }
}
