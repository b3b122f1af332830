namespace NeuralEdge.Models
{
    /// <summary>
    /// Why a model was refused. The numbers travel over the link (PROTOCOL.md); each comes with a "where".
    /// </summary>
    public enum ModelError : byte
    {
        /// <summary>The model is accepted.</summary>
        None = 0,

        /// <summary>Longer than this board takes; where = the limit in bytes.</summary>
        TooLarge = 1,

        /// <summary>The file is not as long as it says; where = the length it says.</summary>
        Truncated = 2,

        /// <summary>It does not begin with NEDG: no model file; where = 0.</summary>
        NotAModel = 3,

        /// <summary>A format version this reader does not know; where = the major version.</summary>
        Version = 4,

        /// <summary>The CRC-32 does not match: damaged; where = 0.</summary>
        Checksum = 5,

        /// <summary>A section is missing, repeated, unknown and critical, or wrongly sized; where = its id.</summary>
        Section = 6,

        /// <summary>More layers than this board takes; where = the limit.</summary>
        TooManyLayers = 7,

        /// <summary>A layer or the input is wider than this board takes; where = the limit.</summary>
        TooWide = 8,

        /// <summary>A field holds a value that FORMAT.md does not allow; where = its offset in the file.</summary>
        BadValue = 9,

        /// <summary>An accumulator could overflow; where = layer * 65536 + neuron.</summary>
        Overflow = 10,

        /// <summary>An ADC channel this board does not sample; where = the input.</summary>
        Channel = 11,

        /// <summary>A pin this board must not drive; where = the output.</summary>
        Pin = 12,

        /// <summary>The board computed something else than the model promises; where = the golden vector.</summary>
        Golden = 13,

        /// <summary>The heap was full although the model should have fitted; where = 0.</summary>
        OutOfMemory = 14,

        /// <summary>The model would take more memory than the board has free for one; where = the bytes that are free.</summary>
        TooMuchMemory = 15,

        /// <summary>A load that runs at the other level than this board is wired for; where = the output.</summary>
        Polarity = 16,

        /// <summary>Wired for another chip than the board's; where = 0.</summary>
        Chip = 17,
    }
}
