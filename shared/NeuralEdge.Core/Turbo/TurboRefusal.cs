namespace NeuralEdge.Turbo
{
    /// <summary>Why a model runs on its rows and not on compiled code.</summary>
    public enum TurboRefusal
    {
        /// <summary>It does not: it is compiled, or is being compiled.</summary>
        None,

        /// <summary>There is no model, or it is not of the profile fast.</summary>
        NotFast,

        /// <summary>Its values need more local variables than a method can have.</summary>
        Locals,

        /// <summary>Its code would not fit an assembly.</summary>
        Size,

        /// <summary>Its code does not fit into the memory set aside, of which earlier shapes keep theirs.</summary>
        Budget,

        /// <summary>As many shapes as can be have been compiled since the start.</summary>
        Images,

        /// <summary>Not enough memory after all.</summary>
        OutOfMemory,

        /// <summary>The code did not become what was planned.</summary>
        Emission,

        /// <summary>The platform did not take the image.</summary>
        Load,

        /// <summary>The image does not hold what the rows hold.</summary>
        ReadBack,

        /// <summary>The compiled code gave other outputs than the rows or the golden vectors.</summary>
        Trial,

        /// <summary>The compiled code failed while it ran.</summary>
        Failure,

        /// <summary>The last starts ended while compiled code was new.</summary>
        Starts,
    }
}
