# One map a layer. file_shapes1 ... n_panel: x, y, score; file_blank1 ...: countries
# without one. file_sheet: the sheet's edge.
set multiplot layout n_row, 2 title sprintf('%s: layers, %d', index_name, year) \
  margins screen 0.01, screen 0.99, screen 0.07, screen 0.88 spacing screen 0.01, screen 0.06
unset border; unset tics; unset grid; unset key; unset colorbox
set size ratio -1
set xrange [-2.75:2.75]; set yrange [-1.03:1.45]
set cbrange [score_low:score_high]
do for [i = 1:n_panel] {
  shapes = value(sprintf('file_shapes%d', i))
  blank = value(sprintf('file_blank%d', i))
  set title value(sprintf('panel_%d', i)) offset 0,-0.5
  plot file_sheet using 1:2 with filledcurves closed fillcolor rgb '#f3f6f9', \
    blank using 1:2 with filledcurves closed fillcolor rgb '#c9c9c9' \
      fillstyle solid 1 border linecolor rgb '#ffffff' linewidth 0.5, \
    shapes using 1:2:3 with filledcurves closed linecolor palette, \
    '' using 1:2 with lines linecolor rgb '#ffffff' linewidth 0.5
  unset label 99
}
# The last cell holds the key alone.
unset title
set colorbox horizontal user origin screen 0.58, screen 0.30 size screen 0.34, screen 0.025
set cbtics score_low, (score_high - score_low) / 5, score_high scale 0
set cblabel 'score; grey: no score'
set label 2 disclaimer at screen 0.5, screen 0.02 center font ',8.5' textcolor rgb '#777777'
plot NaN with lines linecolor palette notitle
unset multiplot
