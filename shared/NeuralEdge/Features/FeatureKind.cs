namespace NeuralEdge.Features
{
    /// <summary>
    /// What a feature says about the samples of a window. All but <see cref="Crossings"/> are in sixteenths of a sample's unit.
    /// FORMAT.md, section 3.4, has the formulas.
    /// </summary>
    public enum FeatureKind : byte
    {
        /// <summary>Mean.</summary>
        Mean = 0,

        /// <summary>Standard deviation.</summary>
        Deviation = 1,

        /// <summary>Smallest sample.</summary>
        Least = 2,

        /// <summary>Largest sample.</summary>
        Most = 3,

        /// <summary>Largest less smallest sample.</summary>
        Range = 4,

        /// <summary>Root of the mean square of the samples' distances from the channel's level.</summary>
        RootMeanSquare = 5,

        /// <summary>Mean absolute difference from one sample to the next.</summary>
        MeanStep = 6,

        /// <summary>Largest absolute difference from one sample to the next.</summary>
        LargestStep = 7,

        /// <summary>How often the samples cross the channel's level, by more than its dead band.</summary>
        Crossings = 8,

        /// <summary>Slope of the line of least squares, times the samples of the window: what the line gains in a window.</summary>
        Slope = 9,

        /// <summary>Oldest sample.</summary>
        First = 10,

        /// <summary>Newest sample.</summary>
        Last = 11,

        /// <summary>A quantile, by counting samples in 64 bins.</summary>
        Quantile = 12,

        /// <summary>Exponential average of all samples so far.</summary>
        Average = 13,

        /// <summary>Newest sample less the exponential average: whether it is drying or getting wetter.</summary>
        Drift = 14,

        /// <summary>Energy in an octave, by Haar's wavelet: the root of the mean square difference of neighbouring means.</summary>
        Octave = 15,

        /// <summary>Amplitude in a band of the discrete Fourier transform.</summary>
        Band = 16,
    }
}
