namespace NeuralEdge.Networks
{
    /// <summary>
    /// A part of an inference: it reads and writes arrays that it was given when the network was put together. A network runs the
    /// passes that a <see cref="PassPlanner"/> has made for it, one after the other.
    /// </summary>
    internal abstract class Pass
    {
        /// <summary>The pass that runs after this one, null behind the last.</summary>
        internal Pass Next;

        /// <summary>Values that met their <see cref="Ceiling"/> when the pass ran last.</summary>
        internal virtual int SaturatedCount
        {
            get { return 0; }
        }

        /// <summary>Computes; allocates nothing.</summary>
        internal abstract void Forward();
    }
}
