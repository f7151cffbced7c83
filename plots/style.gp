# House style of every chart. Expects: format ('svg' or 'png'), chart, width, height.
if (format eq 'png') {
  set terminal pngcairo noenhanced size int(1.6 * width), int(1.6 * height) \
    font 'DejaVu Sans,12' fontscale 1.6 linewidth 1.6 pointscale 1.6 background '#ffffff'
} else {
  set terminal svg noenhanced size width, height name chart \
    font 'DejaVu Sans,12' background '#ffffff'
}
set output chart.'.'.format
set datafile separator tab
set datafile commentschars ''
set datafile missing 'NaN'
set encoding utf8
set border 3 linecolor rgb '#888888'
set tics nomirror textcolor rgb '#333333'
set grid linecolor rgb '#dddddd' linewidth 0.6
set key textcolor rgb '#333333'
# A text of a data file without the ' that keeps a spreadsheet from running it.
shown(text) = text[1:1] eq "'" ? text[2:*] : text
# Colours that stay apart for colour-blind eyes (Okabe and Ito).
colour_1 = '#0072b2'; colour_2 = '#d55e00'; colour_3 = '#009e73'; colour_4 = '#cc79a7'
colour_5 = '#e69f00'; colour_6 = '#56b4e9'; colour_7 = '#555555'; colour_8 = '#b8a900'
colour(i) = value(sprintf('colour_%d', (i - 1) % 8 + 1))
# Five classes of a score, dark to light (viridis), none near the grey of "no score".
set palette maxcolors 5 defined (0 '#440154', 0.25 '#3b528b', 0.5 '#21918c', \
  0.75 '#5ec962', 1 '#fde725')
# What there was no room for; charts of several panels take it off after the first.
if (exists('more')) {
  set label 99 more at screen 0.5, screen 8.0 / height center font ',9' textcolor rgb '#777777'
}
# Years after the edition, of charts whose horizontal axis is years, are provisional.
provisional_low = year + 0.5
provisional = "if (year_last > year) { \
  set object 90 rectangle from first provisional_low, graph 0 to first year_last + 0.5, graph 1 \
    behind fillcolor rgb '#eeeeee' fillstyle solid 1 noborder; \
  set label 90 'provisional' at first (provisional_low + year_last + 0.5) / 2.0, graph 0.02 \
    left rotate by 90 font ',9' textcolor rgb '#777777' }"
