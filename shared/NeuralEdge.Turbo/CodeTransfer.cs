using NeuralEdge.Networks;

namespace NeuralEdge.Turbo
{
    /// <summary>Moves the code of a network into an image, a chunk at a time, or compares it with what the image holds.</summary>
    internal sealed class CodeTransfer
    {
        /// <summary>Writes all of it into an image that is not loaded.</summary>
        internal const int Write = 0;

        /// <summary>Writes the constants into an image that is loaded.</summary>
        internal const int Patch = 1;

        /// <summary>Compares all of it.</summary>
        internal const int Compare = 2;

        private readonly CodeEmitter _emitter;
        private readonly CodeChunk _chunk = new CodeChunk();
        private readonly byte[] _image;
        private readonly int _end;
        private readonly int _what;
        private int _at;

        /// <summary>Begins.</summary>
        /// <param name="network">Whose code it is.</param>
        /// <param name="plan">The plan of that code.</param>
        /// <param name="image">An image for networks of its shape.</param>
        /// <param name="what"><see cref="Write"/>, <see cref="Patch"/> or <see cref="Compare"/>.</param>
        internal CodeTransfer(Network network, CodePlan plan, CompiledImage image, int what)
        {
            _emitter = new CodeEmitter(network, plan);
            _image = image.Bytes;
            _at = image.CodeAt;
            _end = image.CodeAt + plan.CodeBytes;
            _what = what;
        }

        /// <summary>True when the image holds other code than this, or the code did not end where it was planned to.</summary>
        internal bool HasFailed { get; private set; }

        /// <summary>Moves or compares a chunk.</summary>
        /// <returns>True when it was the last one, or has failed.</returns>
        /// <exception cref="System.Exception">The image ends before the code.</exception>
        internal bool Step()
        {
            bool complete = _emitter.Fill(_chunk);
            _at = _what == Write ? _chunk.Write(_image, _at)
                : _what == Patch ? _chunk.Patch(_image, _at)
                : _chunk.Compare(_image, _at);
            HasFailed = _at < 0 || (complete && _at != _end);
            return complete || HasFailed;
        }
    }
}
