using System;
using NeuralEdge.Board.Chips;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Control
{
    /// <summary>How a board behaves; the firmware's Settings fills it in.</summary>
    public sealed class BoardSettings
    {
        /// <summary>Settings that fit most boards; the limits must still be set.</summary>
        public BoardSettings()
        {
            Name = "NeuralEdge";
            Chip = "";
            Target = "";
            PeriodMs = 100;
            AdcChannels = new AdcChannelSettings[0];
            SensorFaultMs = 1000;
            SupervisionMs = 2000;
            BackOffMs = 1000;
            BackOffLimitMs = 30000;
            FaultsBeforeReset = 5;
            ConfirmAfterPeriods = 10;
            TestMs = 900000;
        }

        /// <summary>Name of a board that nobody has given another over the link, ASCII, at most 32 characters.</summary>
        public string Name { get; set; }

        /// <summary>What the board calls its chip; empty when it does not say.</summary>
        public string Chip { get; set; }

        /// <summary>Name of the runtime's image, "ESP32_S3_QUAD"; empty when nobody knows.</summary>
        public string Target { get; set; }

        /// <summary>Version of the runtime, null when nobody knows.</summary>
        public Version Runtime { get; set; }

        /// <summary>Why these settings do not suit the chip.</summary>
        public Misfit Misfit { get; set; }

        /// <summary>The pin, or the port's number, that does not suit.</summary>
        public int MisfitAt { get; set; }

        /// <summary>Firmware version, first number.</summary>
        public byte VersionMajor { get; set; }

        /// <summary>Firmware version, second number.</summary>
        public byte VersionMinor { get; set; }

        /// <summary>Firmware version, third number.</summary>
        public byte VersionPatch { get; set; }

        /// <summary>Period of the loop in milliseconds for models that do not say one.</summary>
        public int PeriodMs { get; set; }

        /// <summary>What models the board takes.</summary>
        public ModelLimits Limits { get; set; }

        /// <summary>Corrections and plausible ranges of ADC channels.</summary>
        public AdcChannelSettings[] AdcChannels { get; set; }

        /// <summary>How long a sensor may give no plausible count before it is a fault, in milliseconds; the last good value stands in meanwhile.</summary>
        public int SensorFaultMs { get; set; }

        /// <summary>
        /// Silence of the loop in milliseconds after which the supervisor resets the board. Waiting for the next period
        /// is no silence; one inference and one slow flash write must fit.
        /// </summary>
        public int SupervisionMs { get; set; }

        /// <summary>First pause after a fault in milliseconds; each further fault in a row doubles it.</summary>
        public int BackOffMs { get; set; }

        /// <summary>Longest pause after a fault in milliseconds.</summary>
        public int BackOffLimitMs { get; set; }

        /// <summary>How many faults in a row make the board reset itself. Sensor faults do not count: a reset mends no wire.</summary>
        public int FaultsBeforeReset { get; set; }

        /// <summary>How many periods in a row a model in test must have run on plausible inputs before it can be confirmed.</summary>
        public int ConfirmAfterPeriods { get; set; }

        /// <summary>
        /// Milliseconds after which a test that nobody confirms ends: the confirmed model runs again. 0: never. For a slow model at
        /// least twice the time of <see cref="ConfirmAfterPeriods"/>.
        /// </summary>
        public int TestMs { get; set; }
    }
}
