namespace NeuralEdge.Models
{
    /// <summary>Numbers of the model file; FORMAT.md is the specification.</summary>
    public static class ModelFormat
    {
        /// <summary>The first four bytes, "NEDG", as a little-endian number.</summary>
        public const uint Magic = 0x4744454E;

        /// <summary>The newest major version: what saturates is of this one. A reader refuses any newer.</summary>
        public const int MajorVersion = 2;

        /// <summary>The oldest major version, which a file has when nothing in it asks for a newer one.</summary>
        public const int FirstMajorVersion = 1;

        /// <summary>The newest minor version, of a file with windows: a reader ignores it.</summary>
        public const int MinorVersion = 2;

        /// <summary>Minor version of a file with a picture of its inputs and without windows.</summary>
        public const int MinorVersionOfPictures = 1;

        /// <summary>Length of the header in bytes.</summary>
        public const int HeaderLength = 16;

        /// <summary>Length of what precedes each section's payload.</summary>
        public const int SectionHeaderLength = 8;

        /// <summary>Length of the CRC-32 that ends the file.</summary>
        public const int TrailerLength = 4;

        /// <summary>Most sections of a file.</summary>
        public const int MaxSections = 16;

        /// <summary>Arithmetic of the profile fast: lanes and activation tables; 0 is that of the other profiles.</summary>
        public const int FastArithmetic = 1;

        /// <summary>
        /// Arithmetic 0 with a <see cref="Networks.Ceiling"/> for the values between layers, and with tabulated activations; only in
        /// version 2.
        /// </summary>
        public const int SaturatingArithmetic = 2;

        /// <summary>Section flag: a reader that does not know the section refuses the file.</summary>
        public const int Critical = 1;

        /// <summary>Flag of the bindings: outputs go safe while a value inside the network meets its ceiling; only in version 2.</summary>
        public const int SaturationIsFault = 1;

        /// <summary>Section: layers, weights, ranges of the raw inputs.</summary>
        public const int NetworkSection = 1;

        /// <summary>Section: period, ADC channels, pins and rules.</summary>
        public const int BindingsSection = 2;

        /// <summary>Section: golden vectors.</summary>
        public const int GoldenSection = 3;

        /// <summary>Section for the host: names, units, ranges and scales.</summary>
        public const int LabelsSection = 4;

        /// <summary>Section for the host: what is proven about the model.</summary>
        public const int CertificateSection = 5;

        /// <summary>Section for the host: free text about the model.</summary>
        public const int AboutSection = 6;

        /// <summary>Section: plausible counts, longest times on, and outputs that exclude each other.</summary>
        public const int SafeguardsSection = 7;

        /// <summary>Section: a picture of the inputs that the model was trained on.</summary>
        public const int FamiliaritySection = 8;

        /// <summary>Section: windows of samples, and the features of them that the network takes.</summary>
        public const int WindowSection = 9;

        /// <summary>Section for the host: names, units, ranges and scales of the channels of windows.</summary>
        public const int ChannelsSection = 10;

        /// <summary>Section: how the last few decisions become one.</summary>
        public const int DecisionsSection = 11;

        /// <summary>Flag of the familiar inputs: outputs go safe while inputs are unfamiliar.</summary>
        public const int UnfamiliarIsFault = 1;

        /// <summary>Largest magnitude of a raw input.</summary>
        public const int MaxRawInput = 1 << 30;

        /// <summary>Largest magnitude of a neuron's shift.</summary>
        public const int MaxShift = 31;

        /// <summary>Longest period of the loop in milliseconds: an hour.</summary>
        public const int MaxPeriodMs = 3600000;

        /// <summary>Most bits of a count that a raw input leaves out.</summary>
        public const int MaxDroppedBits = 12;

        /// <summary>Most ADC conversions of one sample, as a power of two.</summary>
        public const int MaxSamplesLog2 = 8;
    }
}
