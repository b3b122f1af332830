namespace NeuralEdge.Turbo
{
    /// <summary>The images of a board since its start, one for each shape: the platform cannot unload one.</summary>
    internal sealed class ImageList
    {
        /// <summary>Most images.</summary>
        internal const int MaxImages = 4;

        private readonly CompiledImage[] _images = new CompiledImage[MaxImages];
        private readonly int _maxBytes;

        /// <summary>Makes an empty list.</summary>
        /// <param name="maxBytes">Most bytes of a board's heap that all together may take.</param>
        internal ImageList(int maxBytes)
        {
            _maxBytes = maxBytes;
        }

        /// <summary>How many there are.</summary>
        internal int Count { get; private set; }

        /// <summary>Bytes of a board's heap that they take.</summary>
        internal int UsedBytes { get; private set; }

        /// <summary>The image for networks of a shape.</summary>
        /// <param name="shape">The shape.</param>
        /// <returns>The image, usable or not; null when there is none.</returns>
        internal CompiledImage Find(CodeShape shape)
        {
            for (int i = 0; i < Count; i++)
            {
                if (_images[i].Shape.Is(shape))
                {
                    return _images[i];
                }
            }

            return null;
        }

        /// <summary>Whether there is room for one more.</summary>
        /// <param name="plan">What it would be made from.</param>
        /// <returns><see cref="TurboRefusal.None"/> when there is.</returns>
        internal TurboRefusal Room(CodePlan plan)
        {
            return Count == MaxImages ? TurboRefusal.Images
                : plan.HeapBytes > _maxBytes - UsedBytes ? TurboRefusal.Budget
                : TurboRefusal.None;
        }

        /// <summary>Adds an image.</summary>
        /// <param name="image">The image.</param>
        /// <param name="bytes">Bytes of a board's heap that it takes.</param>
        internal void Add(CompiledImage image, int bytes)
        {
            _images[Count++] = image;
            UsedBytes += bytes;
        }
    }
}
