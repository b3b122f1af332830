namespace NeuralEdge.Turbo
{
    /// <summary>Why a model runs its planned passes and not compiled code. Sent in INFO: no number is given another meaning.</summary>
    public enum TurboRefusal
    {
        /// <summary>It does not: it is compiled, or is being compiled.</summary>
        None = 0,

        /// <summary>There is no model, or it is not of the profile fast.</summary>
        NotFast = 1,

        /// <summary>Its values need more local variables than a method can have.</summary>
        Locals = 2,

        /// <summary>Its code would not fit an assembly.</summary>
        Size = 3,

        /// <summary>Its code does not fit into the memory set aside, of which earlier shapes keep theirs.</summary>
        Budget = 4,

        /// <summary>As many shapes as can be have been compiled since the start.</summary>
        Images = 5,

        /// <summary>Not enough memory after all.</summary>
        OutOfMemory = 6,

        /// <summary>The code did not become what was planned.</summary>
        Emission = 7,

        /// <summary>The platform did not take the image.</summary>
        Load = 8,

        /// <summary>The image does not hold the weights of the network.</summary>
        ReadBack = 9,

        /// <summary>The compiled code gave other outputs than the planned passes or the golden vectors.</summary>
        Trial = 10,

        /// <summary>The compiled code failed while it ran.</summary>
        Failure = 11,

        /// <summary>The last starts ended while compiled code was new.</summary>
        Starts = 12,
    }
}
