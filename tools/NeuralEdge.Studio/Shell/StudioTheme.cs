using MudBlazor;

namespace NeuralEdge.Studio.Shell;

/// <summary>Colours whose letters can be read, on light and on dark, and the letters of the person's own computer.</summary>
internal static class StudioTheme
{
    private static readonly string[] Letters = ["system-ui", "Segoe UI", "Roboto", "DejaVu Sans", "sans-serif"];

    internal static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b57b0",
            Secondary = "#6b3fa0",
            Success = "#14692c",
            Error = "#b3261e",
            Warning = "#7a4d00",
            Info = "#0b57b0",
            Background = "#f6f7f9",
            Surface = "#ffffff",
            TextPrimary = "#1b1f24",
            TextSecondary = "#4a5058",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#8ab8ff",
            PrimaryContrastText = "#06203f",
            Secondary = "#cfb2ff",
            SecondaryContrastText = "#2a0f52",
            Success = "#7bd88f",
            SuccessContrastText = "#03210c",
            Error = "#ff9d94",
            ErrorContrastText = "#3b0500",
            Warning = "#ffc266",
            WarningContrastText = "#2d1a00",
            Info = "#8ab8ff",
            InfoContrastText = "#06203f",
            Background = "#14171b",
            Surface = "#1d2127",
            TextPrimary = "#e8eaed",
            TextSecondary = "#b7bdc6",
        },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = Letters }, Button = new ButtonTypography { TextTransform = "none" } },
    };
}
